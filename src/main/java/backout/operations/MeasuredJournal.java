package backout.operations;

import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Condition;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.RunEvent;
import backout.run.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the time of what is written; an append that was only overtaken counts as written. */
record MeasuredJournal(Journal journal, Instruments instruments) implements Journal {
    private <T> T measured(Supplier<T> write) {
        long began = instruments.nanos();
        boolean written = false;
        try {
            T result = write.get();
            written = true;
            return result;
        } catch (Overtaken overtaken) {
            written = true;
            throw overtaken;
        } finally {
            Duration took = Duration.ofNanos(instruments.nanos() - began);
            instruments.listener().appended(took, written);
        }
    }

    @Override
    public Begun begin(RunEvent.Requested requested) {
        return measured(() -> journal.begin(requested));
    }

    @Override
    public void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        var _ =
                measured(() -> {
                    journal.append(run, expected, events, about, lease);
                    return run;
                });
    }

    @Override
    public Changes since(long mark) {
        return journal.since(mark);
    }

    @Override
    public List<RunEvent> read(RunId run) {
        return journal.read(run);
    }

    @Override
    public List<RunId> open() {
        return journal.open();
    }

    @Override
    public List<RunId> recent(int most) {
        return journal.recent(most);
    }

    @Override
    public List<TargetEvent> read(TargetName target) {
        return journal.read(target);
    }

    @Override
    public void append(TargetName target, List<TargetEvent> events) {
        var _ =
                measured(() -> {
                    journal.append(target, events);
                    return target;
                });
    }

    @Override
    public void note(TargetName target, Condition condition) {
        journal.note(target, condition);
    }

    @Override
    public Optional<Condition> condition(TargetName target) {
        return journal.condition(target);
    }
}
