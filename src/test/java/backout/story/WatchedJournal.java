package backout.story;

import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Condition;
import backout.run.Head;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.RunEvent;
import backout.run.RunId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A journal that tells what was written, right after it is on disk. Once its process has died
 * nothing of that process reaches it any more.
 */
final class WatchedJournal implements Journal {
    private final Journal journal;
    private final Consumer<RunEvent> written;
    private volatile Consumer<List<RunEvent>> seen = _ -> {};
    private volatile BooleanSupplier isFull = () -> false;
    private volatile boolean dead;

    WatchedJournal(Journal journal, Consumer<RunEvent> written) {
        this.journal = journal;
        this.written = written;
    }

    /** What a process that is no more would have done next. */
    static final class Dead extends RuntimeException {}

    /** Dies right after the first event of that kind. */
    static WatchedJournal dyingAfter(Class<? extends RunEvent> last, Journal journal) {
        return dyingAfter(last::isInstance, journal);
    }

    /** Dies right after the first such event. */
    static WatchedJournal dyingAfter(Predicate<RunEvent> last, Journal journal) {
        var dying = new WatchedJournal[1];
        dying[0] =
                new WatchedJournal(
                        journal,
                        event -> {
                            if (last.test(event)) {
                                dying[0].dead = true;
                                throw new Dead();
                            }
                        });
        return dying[0];
    }

    /** Tells what was read, before whoever asked gets it. */
    WatchedJournal seen(Consumer<List<RunEvent>> told) {
        seen = told;
        return this;
    }

    /** It takes no new run meanwhile, as on a disk that is full. */
    WatchedJournal full(BooleanSupplier when) {
        isFull = when;
        return this;
    }

    private Journal alive() {
        if (dead) {
            throw new Dead();
        }
        return journal;
    }

    @Override
    public Begun begin(RunEvent.Requested requested) {
        if (isFull.getAsBoolean()) {
            throw Problem.stop(
                    Phrase.of("the disk is full, nothing was written"),
                    Phrase.of("free some space: df -h {0}", "var"));
        }
        Begun begun = alive().begin(requested);
        written.accept(requested);
        return begun;
    }

    @Override
    public void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        alive().append(run, expected, events, about, lease);
        events.forEach(written);
    }

    @Override
    public Changes since(long mark) {
        return alive().since(mark);
    }

    @Override
    public List<RunEvent> read(RunId run) {
        List<RunEvent> events = alive().read(run);
        seen.accept(events);
        return events;
    }

    @Override
    public Optional<Head> sealed(RunId run) {
        return alive().sealed(run);
    }

    @Override
    public List<RunId> open() {
        return alive().open();
    }

    @Override
    public List<RunId> recent(int most, Optional<RunId> before) {
        return alive().recent(most, before);
    }

    @Override
    public List<TargetEvent> read(TargetName target) {
        return alive().read(target);
    }

    @Override
    public void append(TargetName target, List<TargetEvent> events) {
        alive().append(target, events);
    }

    @Override
    public void note(TargetName target, Condition condition) {
        alive().note(target, condition);
    }

    @Override
    public Optional<Condition> condition(TargetName target) {
        return alive().condition(target);
    }
}
