package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One process's turn at one run: its lease, and the doing of single steps under it. One thread at a
 * time.
 */
final class Turn implements AutoCloseable {
    /** Between the moment when the work is cut off and the end of the lease. */
    static final Duration MARGIN = Duration.ofSeconds(15);

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private final RunId id;
    private final Target target;
    private final Executor executor;
    private final Journal journal;
    private final Leases leases;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private @Nullable Lease lease;
    private boolean lostLease;
    private Proof.@Nullable Pulse pulse;
    private @Nullable Instant soakChecked;
    private Deadline by;

    Turn(
            RunId id,
            Target target,
            Executor executor,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos) {
        this.id = id;
        this.target = target;
        this.executor = executor;
        this.journal = journal;
        this.leases = leases;
        this.clock = clock;
        this.nanos = nanos;
        this.by = Deadline.in(Duration.ZERO, nanos);
    }

    RunId id() {
        return id;
    }

    Target target() {
        return target;
    }

    Executor executor() {
        return executor;
    }

    Run read() {
        return Run.of(journal.read(id));
    }

    /** Takes or renews the lease for work of this length; false when somebody else has it. */
    boolean hold(Duration work) {
        Deadline cutOff = Deadline.in(work, nanos);
        Duration time = work.plus(MARGIN);
        String key = target.name().toString();
        Optional<Lease> held = lease == null ? leases.take(key, time) : leases.renew(lease, time);
        lostLease = held.isEmpty();
        lease = held.orElse(null);
        by = cutOff;
        return held.isPresent();
    }

    boolean hasLostLease() {
        return lostLease || lease == null || !leases.isHeld(lease);
    }

    Deadline deadline(Duration most) {
        return by.atMost(most);
    }

    /** Appends what was done to the run and, with it, what it means for the target. */
    void append(Run run, RunEvent... events) {
        List<RunEvent> all = List.of(events);
        journal.append(id, run.version(), all, Consequences.of(run, all), lease);
    }

    /**
     * Appends although somebody voted meanwhile: what was done was done. Under a lost lease nothing
     * is appended.
     */
    private void appendAnyway(RunEvent event) {
        while (true) {
            try {
                append(read(), event);
                return;
            } catch (Journal.Overtaken overtaken) {
                if (hasLostLease()) {
                    throw overtaken;
                }
            }
        }
    }

    Action action(Step step) {
        Action action = executor.actions().get(step.action());
        if (action == null) {
            throw new IllegalStateException(
                    "executor " + executor.kind() + " has no action " + step.action());
        }
        return action;
    }

    /** Intent before, outcome after. A step that was begun before is looked at first. */
    void perform(Run run, int index, Leg leg) {
        Step step = run.step(index);
        StepTrack track = run.track(index);
        boolean again = track.began(leg);
        if (!again) {
            append(run, new RunEvent.StepBegan(clock.instant(), index, leg));
        }
        var work = new Work(id + "/" + index, by, track.receipt(), receipt -> keep(index, receipt));
        try (var _ = MDC.putCloseable("step", (index + 1) + " " + step.action())) {
            appendAnyway(outcome(step, index, leg, again, track, work));
        }
    }

    private void keep(int index, Receipt receipt) {
        appendAnyway(new RunEvent.ReceiptKept(clock.instant(), index, receipt));
    }

    private RunEvent outcome(
            Step step, int index, Leg leg, boolean again, StepTrack track, Work work) {
        Action action = action(step);
        try {
            Phrase note =
                    switch (action) {
                        case Move move -> move(move, step, leg, again, track, work);
                        case Task task -> perform(task, step, leg, again, track, work);
                    };
            return new RunEvent.StepDone(clock.instant(), index, leg, note);
        } catch (ProblemException e) {
            return failed(action, step, index, leg, work, e.problem());
        } catch (Journal.Overtaken overtaken) {
            throw overtaken;
        } catch (RuntimeException e) {
            log.error("run {} step {} {}: our own fault", id, index + 1, step.action(), e);
            return failed(action, step, index, leg, work, ourFault(step, e));
        }
    }

    private static Problem ourFault(Step step, RuntimeException e) {
        return new Problem(
                Phrase.of("Backout itself stumbled ({0})", e.getClass().getSimpleName()),
                step.action(),
                Phrase.of("the log has the details; look at the service before you go on"));
    }

    private Phrase move(Move move, Step step, Leg leg, boolean again, StepTrack track, Work work) {
        String goal = leg == Leg.UNDO ? step.from() : step.to();
        if ((again || leg == Leg.UNDO) && arrived(move.present(step, work), goal)) {
            return Phrase.of("was done already");
        }
        Phrase note =
                leg == Leg.UNDO ? move.back(step, track.receipt(), work) : move.move(step, work);
        Present after = move.present(step, work);
        if (!after.isAt(goal)) {
            throw Problem.stop(
                    Phrase.of("it should be at {0} now but is {1}", goal, after.says()),
                    step.action(),
                    Phrase.NONE);
        }
        return note;
    }

    private static boolean arrived(Present present, String goal) {
        if (present instanceof Present.Unknown(Problem problem)) {
            throw new ProblemException(problem);
        }
        return present.isAt(goal);
    }

    private static Phrase perform(
            Task task, Step step, Leg leg, boolean again, StepTrack track, Work work) {
        if (leg == Leg.CLEAN_UP) {
            task.cleanUp(step, track.receipt(), work);
            return Phrase.of("cleaned up");
        }
        return again && task.done(step, track.receipt())
                ? Phrase.of("was done already")
                : task.perform(step, work);
    }

    private RunEvent failed(
            Action action, Step step, int index, Leg leg, Work work, Problem problem) {
        Phrase present =
                action instanceof Move move ? move.present(step, work).says() : Phrase.NONE;
        boolean undo = leg == Leg.UNDO && action instanceof Move;
        Problem told = undo ? new ByHand(read(), this::action).after(problem) : problem;
        return new RunEvent.StepFailed(clock.instant(), index, leg, told, present);
    }

    /** Watches the service from outside; a watch that cannot begin costs nothing but the figure. */
    void watch(Run run) {
        if (pulse == null) {
            pulse = executor.proof(target).watch(run.plan());
        }
    }

    RunEvent.Checked check(Run run, Moment moment) {
        Optional<Evidence> baseline = run.checked(Moment.BASELINE).map(RunEvent.Checked::evidence);
        Evidence evidence = executor.proof(target).check(run.plan(), moment, baseline, by);
        boolean told = moment == Moment.AFTER_SWITCH || moment == Moment.AFTER_UNDO;
        Optional<Outage> outage = told ? outage(run, moment, evidence) : Optional.empty();
        return RunEvent.Checked.watched(clock.instant(), moment, evidence, outage);
    }

    /** What may be undone is watched until it was: only then the service has its peace again. */
    private Optional<Outage> outage(Run run, Moment moment, Evidence evidence) {
        if (pulse == null) {
            return Optional.empty();
        }
        Optional<Outage> seen = pulse.seen();
        boolean mayBeUndone = !evidence.isWell() || run.hasFailedStep();
        if (moment == Moment.AFTER_UNDO || !mayBeUndone) {
            pulse.close();
            pulse = null;
        }
        return seen;
    }

    boolean mayCheckSoak(Instant now) {
        return soakChecked == null || !now.isBefore(soakChecked.plus(Runner.SOAK_EVERY));
    }

    void soakChecked(Instant now) {
        soakChecked = now;
    }

    /** Reads every move of the plan once more. */
    RunEvent.Settled settle(Run run) {
        return new LastLook(run, this::action, by).settled(clock);
    }

    @Override
    public void close() {
        if (pulse != null) {
            pulse.close();
        }
        if (lease != null) {
            leases.release(lease);
        }
    }
}
