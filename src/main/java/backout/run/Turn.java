package backout.run;

import backout.language.Phrase;
import backout.plan.Part;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
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
import java.util.ArrayList;
import java.util.List;
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
    private final List<Target> targets;
    private final Executors executors;
    private final Journal journal;
    private final HeldLeases leases;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RunProof proof;
    private @Nullable Instant soakChecked;
    private Deadline by;

    /**
     * @param targets those that the run is about, in the order in which they are switched
     */
    Turn(
            RunId id,
            List<Target> targets,
            Executors executors,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos) {
        this.id = id;
        this.targets = List.copyOf(targets);
        this.executors = executors;
        this.journal = journal;
        this.leases = new HeldLeases(targets.stream().map(Target::name).toList(), leases);
        this.clock = clock;
        this.proof = new RunProof(this.targets, executors, clock);
        this.nanos = nanos;
        this.by = Deadline.in(Duration.ZERO, nanos);
    }

    RunId id() {
        return id;
    }

    List<Target> targets() {
        return targets;
    }

    /** The first of them: the one whose policy and soak count. */
    Target target() {
        return targets.getFirst();
    }

    private Target target(TargetName name) {
        return targets.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    Run read() {
        return Run.of(journal.read(id));
    }

    /** Takes or renews the leases for work of this length; false when somebody else has one. */
    boolean hold(Duration work) {
        Deadline cutOff = Deadline.in(work, nanos);
        boolean held = leases.hold(work.plus(MARGIN));
        by = cutOff;
        return held;
    }

    private boolean extend(Duration work) {
        boolean held = leases.hold(work.plus(MARGIN));
        if (held) {
            by.extend(work);
        }
        return held;
    }

    boolean hasLostLease() {
        return leases.areLost();
    }

    Deadline deadline(Duration most) {
        return by.atMost(most);
    }

    /** Appends what was done to the run and, with it, what it means for the target. */
    void append(Run run, RunEvent... events) {
        List<RunEvent> all = List.of(events);
        journal.append(id, run.version(), all, Consequences.of(run, all), leases.fence());
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
        Executor executor = executors.of(target(step.target()));
        Action action = executor.actions().get(step.action());
        if (action == null) {
            throw new IllegalStateException(
                    "executor " + executor.kind() + " has no action " + step.action());
        }
        return action;
    }

    /** What of the plan's ground no longer holds, of all targets. */
    List<Phrase> changed(Plan plan, Duration within) {
        var reasons = new ArrayList<Phrase>();
        for (Part part : plan.parts()) {
            Target target = target(part.target());
            reasons.addAll(executors.of(target).changed(target, plan.of(part), deadline(within)));
        }
        return reasons;
    }

    /** Intent before, outcome after. A step that was begun before is looked at first. */
    void perform(Run run, int index, Leg leg) {
        Step step = run.step(index);
        StepTrack track = run.track(index);
        boolean again = track.began(leg);
        if (!again) {
            append(run, new RunEvent.StepBegan(clock.instant(), index, leg));
        }
        var work =
                new Work(
                        id + "/" + index,
                        by,
                        track.receipt(),
                        receipt -> keep(index, receipt),
                        this::extend);
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
        List<Phrase> byHand = undo ? new ByHand(read(), this::action).lines() : List.of();
        return new RunEvent.StepFailed(clock.instant(), index, leg, problem, present, byHand);
    }

    /**
     * What the checks say of all targets, and from outside; looks under the leases that are held.
     */
    RunProof proof() {
        return proof;
    }

    RunEvent.Checked check(Run run, Moment moment) {
        return proof.check(run, moment, by);
    }

    RunEvent.BarrierRead barrier(Run run, TargetName target) {
        return proof.barrier(run, target, by);
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
        proof.close();
        leases.giveBack();
    }
}
