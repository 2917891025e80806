package backout.run;

import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Part;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

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

    private final RunId id;
    private final List<Target> targets;
    private final Executors executors;
    private final Journal journal;
    private final HeldLeases leases;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Pause pause;
    private final LiveProgress live;
    private final RunProof proof;
    private @Nullable Instant soakChecked;
    private Deadline by;

    /**
     * @param targets those that the run is about, in the order in which they are switched
     * @param live takes what its steps say of themselves
     */
    Turn(
            RunId id,
            List<Target> targets,
            Executors executors,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos,
            Pause pause,
            LiveProgress live) {
        this.id = id;
        this.targets = List.copyOf(targets);
        this.executors = executors;
        this.journal = journal;
        this.leases = new HeldLeases(targets.stream().map(Target::name).toList(), leases);
        this.clock = clock;
        this.proof = new RunProof(this.targets, executors, clock);
        this.nanos = nanos;
        this.pause = pause;
        this.live = live;
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

    boolean extend(Duration work) {
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
    void appendAnyway(RunEvent event) {
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
        if (Hooks.is(step)) {
            return new HookTask(executors.hands(), this::target, this::read);
        }
        Executor executor = executors.of(target(step.target()));
        return executor.action(step)
                .orElseThrow(() ->
                        new IllegalStateException(
                                step.target() + " has no action " + step.action()));
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
        boolean again = run.track(index).began(leg);
        if (!again) {
            append(run, new RunEvent.StepBegan(clock.instant(), index, leg));
        }
        try {
            new Attempt(this, run.step(index), index, leg).go(again);
        } finally {
            live.end(id);
        }
    }

    /** What an attempt at a step is given, as the journal knows it. */
    Work work(int index, StepTrack track) {
        return new Work(
                id + "/" + index,
                by,
                track.receipt(),
                receipt -> appendAnyway(new RunEvent.ReceiptKept(clock.instant(), index, receipt)),
                this::extend,
                (says, percent) -> live.say(id, index, says, percent));
    }

    /** A deadline of its own, also where the lease is renewed meanwhile. */
    Deadline patience(Duration most) {
        return Deadline.in(most, nanos);
    }

    void waitFor(Duration time) {
        pause.waitFor(time);
    }

    Instant now() {
        return clock.instant();
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
