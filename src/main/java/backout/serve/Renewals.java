package backout.serve;

import backout.calendar.Calendars;
import backout.config.SiteLoader;
import backout.plan.Secrets;
import backout.problem.ProblemException;
import backout.report.Courier;
import backout.report.ReceiverKind.Declared;
import backout.run.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private static final Logger log = LoggerFactory.getLogger(Renewals.class);

    private final Couriers couriers;
    private final Operators operators;
    private final Map<Declared, List<Loop>> told = new ConcurrentHashMap<>();
    private volatile List<Loop> reading = List.of();
    private volatile boolean closed;
    private boolean begun;

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

    /** Receivers that can be told from now on; nobody is told by this yet. */
    record Ready(List<Declared> declared, Map<Declared, Courier.To> others) {}

    /**
     * Makes ready whoever is to be told from now on.
     *
     * @throws ProblemException when the journal cannot be written; those who are told now go on
     */
    Ready ready(SiteLoader.Loaded loaded, Secrets secrets) {
        List<Declared> declared = loaded.receivers();
        // what could not be forgotten when somebody left: who comes back is a new one
        couriers.forgetOthers(begun ? told.keySet() : declared);
        var others = new LinkedHashMap<Declared, Courier.To>();
        for (Declared one : declared) {
            if (!told.containsKey(one)) {
                others.put(one, couriers.to(one, loaded.bot().language(), secrets));
                couriers.join(one.name());
            }
        }
        return new Ready(declared, others);
    }

    /** Tells them; who is as before goes on, who is gone is told nothing more. */
    void tell(Ready ready) {
        begun = true;
        for (Declared gone : List.copyOf(told.keySet())) {
            if (!ready.declared().contains(gone)) {
                end(told.getOrDefault(gone, List.of()));
                told.remove(gone);
                operators.leave(gone.name());
            }
        }
        ready.others()
                .forEach((one, to) -> {
                    var loops = new ArrayList<Loop>();
                    couriers.start(to, operators, loop -> loops.add(loop.start()));
                    told.put(one, loops);
                    begun(loops);
                });
        try {
            couriers.forgetOthers(ready.declared());
        } catch (ProblemException e) {
            log.warn(
                    "who is told nothing more is forgotten at the next change or start: {}",
                    e.problem());
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
