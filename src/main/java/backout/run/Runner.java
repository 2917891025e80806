package backout.run;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.RunEvent.Moment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Does what {@link Run#next} says, until the run is over or waits. Safe to call at any time and
 * from several processes: a lease lets one of them work, and a run that was cut off anywhere goes
 * on from its journal.
 */
public final class Runner implements Scout {
    static final Duration PLAN_WITHIN = Duration.ofMinutes(2);

    /** Somebody waits for the answer. */
    static final Duration CHECKS_WITHIN = Duration.ofSeconds(45);

    /** How often the checks are read while the soak runs. */
    static final Duration SOAK_EVERY = Duration.ofSeconds(10);

    /** How often the same release is noted again while it goes on running. */
    static final Duration SIGHT_EVERY = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final Supplier<Site> sites;
    private final Executors executors;
    private final Journal journal;
    private final Leases leases;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Pause pause;
    private final LiveProgress live = new LiveProgress();
    private final Taken taken;
    private final Automatic automatic;

    /** {@code nanos} is the monotonic clock of the process. */
    public Runner(
            Site site,
            Executors executors,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos) {
        this(() -> site, executors, journal, leases, clock, nanos);
    }

    /** Of a site that changes: each thing is done by the one of that moment. */
    public Runner(
            Supplier<Site> sites,
            Executors executors,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos) {
        this(sites, executors, journal, leases, clock, nanos, Thread::sleep);
    }

    Runner(
            Supplier<Site> sites,
            Executors executors,
            Journal journal,
            Leases leases,
            InstantSource clock,
            LongSupplier nanos,
            Pause pause) {
        this.sites = sites;
        this.executors = executors;
        this.journal = journal;
        this.leases = leases;
        this.clock = clock;
        this.nanos = nanos;
        this.pause = pause;
        this.taken = new Taken(sites, executors);
        this.automatic = new Automatic(journal, clock);
    }

    /**
     * Works on the run until it is over, waits for somebody, or is somebody else's. May be called
     * again at any time.
     */
    public Parked drive(RunId id) {
        RunEvent.Requested request = Run.of(journal.read(id)).request();
        List<Target> all = taken.of(request);
        if (all.isEmpty()) {
            return new Parked.Halted(taken.gone(request));
        }
        try (var _ = MDC.putCloseable("target", request.target().toString());
                var turn =
                        new Turn(id, all, executors, journal, leases, clock, nanos, pause, live)) {
            return taken.after(id, drive(turn));
        }
    }

    /** How far the steps are that this process is at work on. */
    public LiveProgress live() {
        return live;
    }

    private Parked drive(Turn turn) {
        while (true) {
            try {
                Optional<Parked> parked = once(turn);
                if (parked.isPresent()) {
                    return parked.get();
                }
            } catch (Journal.Overtaken overtaken) {
                log.debug("run {}: {}", turn.id(), overtaken.getMessage());
                if (turn.hasLostLease()) {
                    return new Parked.Elsewhere();
                }
            }
        }
    }

    /** One thing that the run needs; empty when there is more to do. */
    private Optional<Parked> once(Turn turn) {
        Run run = turn.read();
        Instant now = clock.instant();
        Next next = run.next(now);
        switch (next) {
            case Next.Nothing _ -> {
                return run.outcome().map(Parked.Over::new);
            }
            case Next.Halt(Phrase why) -> {
                return Optional.of(new Parked.Halted(why));
            }
            case Next.Wait(Instant until, Phrase _) -> {
                return Optional.of(new Parked.Until(Calls.wake(run, until, now), run.version()));
            }
            case Next.TakeUp _ -> {
                return automatic.takeUp(run);
            }
            case Next.Call _ -> {
                page(turn.id());
                return Optional.empty();
            }
            case Next.Soak(Instant until) when !turn.mayCheckSoak(now) -> {
                Instant again = now.plus(SOAK_EVERY);
                return Optional.of(
                        new Parked.Until(again.isBefore(until) ? again : until, run.version()));
            }
            default -> {}
        }
        if (!turn.hold(lengthOf(run, turn, next))) {
            return Optional.of(new Parked.Elsewhere());
        }
        obey(turn, run, next);
        return Optional.empty();
    }

    private Duration lengthOf(Run run, Turn turn, Next next) {
        return switch (next) {
            case Next.Perform(int step, RunEvent.Leg _) ->
                    turn.action(run.step(step)).within(run.step(step));
            case Next.Check _, Next.Barrier _, Next.Soak _ -> RunProof.within(run.plan());
            default -> PLAN_WITHIN;
        };
    }

    private void obey(Turn turn, Run run, Next next) {
        switch (next) {
            case Next.MakePlan _ -> makePlan(turn, run);
            case Next.Perform(int step, RunEvent.Leg leg) -> turn.perform(run, step, leg);
            case Next.Check(Moment moment) -> turn.append(run, turn.check(run, moment));
            case Next.Barrier(TargetName target) -> turn.append(run, turn.barrier(run, target));
            case Next.BeginSwitch(List<String> by) ->
                    new Departure(turn, sites.get(), journal, clock).begin(run, by);
            case Next.Prove _ -> prove(turn, run);
            case Next.Soak _ -> soak(turn, run);
            case Next.Undo(String by, Phrase why) ->
                    turn.append(run, new RunEvent.UndoDecided(clock.instant(), by, why));
            case Next.Ask(Phrase why) -> ask(turn, run, why);
            case Next.Settle _ -> turn.append(run, turn.settle(run));
            case Next.Finish(Outcome outcome) ->
                    turn.append(run, new RunEvent.Finished(clock.instant(), outcome));
            case Next.Nothing _, Next.Halt _, Next.Wait _, Next.TakeUp _, Next.Call _ ->
                    throw new IllegalStateException(next + " needs no lease");
        }
    }

    private void makePlan(Turn turn, Run run) {
        try {
            Drafting drafting = drafting();
            Plan plan = drafting.of(turn.targets(), run.request(), turn.deadline(PLAN_WITHIN));
            turn.append(run, drafting.planned(turn.targets(), run, plan));
        } catch (ProblemException e) {
            turn.append(run, new RunEvent.PlanFailed(clock.instant(), e.problem()));
        }
    }

    /** Calls whoever is due, also while a step of the run is at work. */
    public void page(RunId id) {
        new Pager(sites.get(), journal, clock).page(id);
    }

    private Drafting drafting() {
        return new Drafting(sites.get(), executors, journal, clock);
    }

    /** The plan of one target that would be made, without a run. Read-only. */
    public Plan draft(Target target, Invocation wanted) {
        return drafting().of(target, wanted, Deadline.in(PLAN_WITHIN, nanos));
    }

    @Override
    public Plan draft(List<Target> targets, Invocation wanted) {
        return targets.size() == 1
                ? draft(targets.getFirst(), wanted)
                : drafting().of(targets, wanted, Deadline.in(PLAN_WITHIN, nanos));
    }

    @Override
    public Glance checks(Target target) {
        return executors
                .proof(target)
                .glance(sites.get().checksOf(target), Deadline.in(CHECKS_WITHIN, nanos));
    }

    @Override
    public List<Played> suites(Target target) {
        return target.lists().stream()
                .filter(list -> !list.suite().isEmpty())
                .map(list -> new SuitePlay(target, list, executors.callers(), nanos).play())
                .toList();
    }

    private void prove(Turn turn, Run run) {
        Instant now = clock.instant();
        Duration soak = run.planned().orElseThrow().soak();
        turn.append(run, new RunEvent.Proven(now, now.plus(soak)));
    }

    /** Only a change is worth an event: a soak of an hour is not 360 of them. */
    private void soak(Turn turn, Run run) {
        RunEvent.Checked now = turn.check(run, Moment.SOAK);
        turn.soakChecked(clock.instant());
        var before =
                run.checked(Moment.SOAK).map(RunEvent.Checked::evidence).map(Evidence::finding);
        if (now.evidence().finding() != before.orElse(Evidence.Finding.WELL)) {
            turn.append(run, now);
        }
    }

    private void ask(Turn turn, Run run, Phrase why) {
        Duration within = run.planned().orElseThrow().policy().askWithin();
        turn.append(run, new RunEvent.Asked(clock.instant(), why, clock.instant().plus(within)));
    }

    /**
     * Notes what runs now in the target's ledger.
     *
     * @return what was seen; empty when nothing runs
     * @throws ProblemException when nobody could look
     */
    public Optional<TargetEvent.Seen> sight(Target target) {
        Optional<TargetEvent.Seen> seen =
                executors
                        .of(target)
                        .sight(target, Deadline.in(PLAN_WITHIN, nanos))
                        .map(running -> running.seen(clock.instant()));
        Ledger ledger = Ledger.of(journal.read(target.name()));
        seen.filter(now -> isNews(now, ledger))
                .ifPresent(now -> journal.append(target.name(), List.of(now)));
        return seen;
    }

    /** The same release again is worth an event only now and then: a year has 525,600 minutes. */
    private static boolean isNews(TargetEvent.Seen seen, Ledger ledger) {
        return ledger.current()
                .filter(last -> last.isToldBy(seen))
                .filter(last -> seen.at().isBefore(last.lastSeen().plus(SIGHT_EVERY)))
                .isEmpty();
    }
}
