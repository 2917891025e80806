package backout.serve;

import backout.calendar.Calendars;
import backout.config.SiteLoader;
import backout.plan.Secrets;
import backout.report.ReceiverKind.Declared;
import backout.run.Loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of a serving bot that go by files which may change meanwhile: what reads calendars,
 * and what tells receivers. Called by one thread at a time, but for {@link #close}.
 */
final class Renewals implements AutoCloseable {
    /** Longer than any receiver may take: what it is told now it is not told twice. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

    private final Couriers couriers;
    private final Operators operators;
    private final Map<Declared, List<Loop>> told = new ConcurrentHashMap<>();
    private volatile List<Loop> reading = List.of();
    private volatile boolean closed;

    Renewals(Couriers couriers, Operators operators) {
        this.couriers = couriers;
        this.operators = operators;
    }

    /** Reads these calendars now and then, and no others any more. */
    void read(Calendars calendars) {
        end(reading);
        reading = calendars.isEmpty() ? List.of() : List.of(calendars.start());
        begun(reading);
    }

    /** Tells these receivers; who is as before goes on, who is gone is told nothing more. */
    void tell(SiteLoader.Loaded loaded, Secrets secrets) {
        List<Declared> declared = loaded.receivers();
        for (Declared gone : List.copyOf(told.keySet())) {
            if (!declared.contains(gone)) {
                end(told.getOrDefault(gone, List.of()));
                told.remove(gone);
                operators.leave(gone.name());
            }
        }
        couriers.forgetOthers(declared);
        for (Declared one : declared) {
            if (!told.containsKey(one)) {
                var loops = new ArrayList<Loop>();
                var to = couriers.to(one, loaded.bot().language(), secrets);
                couriers.start(to, operators, loop -> loops.add(loop.start()));
                told.put(one, loops);
                begun(loops);
            }
        }
    }

    private void begun(List<Loop> loops) {
        loops.forEach(operators::add);
        if (closed) {
            loops.forEach(Loop::stop);
        }
    }

    /** Another takes its place: two would tell the same. */
    private void end(List<Loop> loops) {
        loops.forEach(operators::remove);
        loops.forEach(Loop::stop);
        if (!Loop.haveEnded(loops, ENDS_WITHIN)) {
            loops.forEach(Loop::interrupt);
        }
    }

    /** What is being told now is told to the end. */
    @Override
    public void close() {
        closed = true;
        reading.forEach(Loop::stop);
        told.values().forEach(loops -> loops.forEach(Loop::stop));
    }
}
