package backout.watch;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Executor;
import backout.run.Executors;
import backout.run.Journal;
import backout.run.Kindred;
import backout.run.Loop;
import backout.run.Run;
import backout.run.RunId;
import backout.run.Runner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at every target at the start, each minute, and soon after something happened to it: notes
 * what runs in the ledger, finds releases good whose checks have held, and warns when what should
 * not run does.
 */
public final class LedgerWatch {
    private static final Duration WHILE_AT_WORK = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration CHECKS_WITHIN = Duration.ofSeconds(45);

    /** Two looks with two minutes each, the checks, and the pause. */
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(LedgerWatch.class);

    private final Supplier<Site> sites;
    private final Executors executors;
    private final Runner runner;
    private final Journal journal;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Conditions conditions;
    private final Proposing proposing;
    private final Map<Target, Goodness> goodness = new ConcurrentHashMap<>();
    private final Map<Target, String> unseen = new ConcurrentHashMap<>();
    private final Map<Target, Watched> watched = new ConcurrentHashMap<>();
    private final Rounds rounds;

    /**
     * @param ids names the runs that it begins
     * @param warn is given each warning once
     */
    public LedgerWatch(
            Supplier<Site> sites,
            Executors executors,
            Runner runner,
            Journal journal,
            InstantSource clock,
            LongSupplier nanos,
            Supplier<RunId> ids,
            Consumer<Phrase> warn) {
        this.sites = sites;
        this.executors = executors;
        this.runner = runner;
        this.journal = journal;
        this.clock = clock;
        this.nanos = nanos;
        this.conditions = new Conditions(journal, clock, warn);
        this.rounds =
                new Rounds(
                        new Reminders(sites, journal, clock).loop(),
                        new StandbyWatch(sites, executors, journal, clock).loop());
        this.proposing = new Proposing(sites, journal, clock, ids);
    }

    /**
     * Begins, with one thread per target. Called again it goes on with those that are as they were,
     * begins with others and ends with those that are gone.
     */
    public synchronized void start() {
        Collection<Target> targets = sites.get().targets().values();
        watched.forEach((target, watch) -> {
            if (!targets.contains(target)) {
                watch.end();
                watched.remove(target);
                goodness.remove(target);
            }
        });
        targets.forEach(target -> watched.computeIfAbsent(target, this::watch));
        rounds.start();
    }

    /** Goes on with the targets of the site as it is now; where it was not begun, it is not now. */
    public synchronized void follow() {
        if (rounds.isBegun()) {
            start();
        }
    }

    private Watched watch(Target target) {
        var changed = new Semaphore(0);
        Duration first = Loop.turn(watched.size());
        Executor.Following following = executors.of(target).onChange(target, changed::release);
        Loop loop =
                Loop.start(
                        "watch " + target.name(),
                        ROUND_WITHIN,
                        one -> eachMinute(target, first, changed, one));
        return new Watched(changed, following, loop);
    }

    /** Somebody said something of the target; returns at once. */
    public void lookSoon(TargetName target) {
        watched.forEach((one, watch) -> {
            if (one.name().equals(target)) {
                watch.changed().release();
            }
        });
    }

    /** Its own threads, one per target and one for all. */
    public List<Loop> loops() {
        return Stream.concat(watched.values().stream().map(Watched::loop), rounds.loops().stream())
                .toList();
    }

    private void eachMinute(Target target, Duration first, Semaphore changed, Loop loop) {
        try {
            Thread.sleep(first);
            while (true) {
                loop.round();
                Duration pause = look(target) ? LOOK_EVERY : WHILE_AT_WORK;
                if (changed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(executors.of(target).settlesWithin());
                    changed.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One look at one target; what does not work is logged and tried again the next minute.
     *
     * @return false while a run is at work: what it brings is to be seen soon after it is proven
     */
    public boolean look(Target target) {
        try {
            if (isAtWork(target)) {
                goodness.remove(target);
                return false;
            }
            Optional<TargetEvent.Seen> seen = runner.sight(target);
            unseen.remove(target);
            look(target, seen);
        } catch (ProblemException e) {
            goodness.remove(target);
            unseen(target, e.problem().toString());
            conditions.blind(target, e.problem().phrase());
        } catch (RuntimeException e) {
            goodness.remove(target);
            log.error("{} could not be looked at: our own fault", target.name(), e);
        }
        return true;
    }

    private void look(Target target, Optional<TargetEvent.Seen> seen) {
        if (seen.isEmpty() || Thread.currentThread().isInterrupted()) {
            goodness.remove(target);
        }
        if (!Thread.currentThread().isInterrupted()) {
            seen.ifPresentOrElse(running -> judge(target, running), () -> nothingRuns(target));
        }
    }

    private void nothingRuns(Target target) {
        conditions.nothingRuns(target);
        proposing.nothingRuns(target);
    }

    /** The same again each minute is no news, and neither is that it was told to end. */
    private void unseen(Target target, String why) {
        boolean closing = Thread.currentThread().isInterrupted();
        if (!closing && !why.equals(unseen.put(target, why))) {
            log.warn("{} cannot be looked at: {}", target.name(), why);
        }
    }

    private void judge(Target target, TargetEvent.Seen seen) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        Optional<String> goal = Kindred.rolledBackTo(ledger, journal, target.name());
        var wayBack = new WayBackWatch(journal, clock);
        Optional<Phrase> lost = wayBack.look(executors.of(target), target, seen);
        Evidence evidence = checked(target);
        if (isAtWork(target)) {
            return;
        }
        conditions.saw(
                target,
                seen.id(),
                evidence,
                Warnings.of(journal, target, ledger, seen.id(), goal).or(() -> lost),
                wayBack.looked());
        proposing.saw(target, seen.id(), evidence, () -> isStill(target, seen));
        boolean allowed = ledger.lock().isEmpty() || goal.filter(seen.id()::equals).isPresent();
        ledger.release(seen.id())
                .filter(release -> Goodness.mayImprove(release, allowed))
                .ifPresent(release -> findGood(target, seen, release, evidence));
    }

    private Evidence checked(Target target) {
        Deadline by = Deadline.in(CHECKS_WITHIN, nanos);
        return executors.proof(target).standing(sites.get().checksOf(target), by);
    }

    /**
     * Then there is nothing to judge, and two containers are nothing to warn of: it looks itself.
     */
    private boolean isAtWork(Target target) {
        return journal.holder(target.name())
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.hasBegunSwitch() && run.proven().isEmpty())
                .isPresent();
    }

    private void findGood(
            Target target, TargetEvent.Seen seen, Release release, Evidence evidence) {
        Goodness before = goodness.getOrDefault(target, Goodness.NONE);
        Goodness after =
                before.after(clock.instant(), seen.id(), evidence.finding(), evidence.remarks());
        goodness.put(target, after);
        if (after.hasHeld(target.goodAfter()) && isStill(target, seen)) {
            goodness.remove(target);
            foundGood(target, seen, release, List.copyOf(after.remarks().values()));
        }
    }

    /** Of a good one it is news only when less is to be remarked than before. */
    private void foundGood(
            Target target, TargetEvent.Seen seen, Release release, List<Phrase> remarks) {
        boolean wasGood = release.standing() == Release.Standing.GOOD;
        if (wasGood && remarks.size() >= release.remarks().size()) {
            return;
        }
        var about = new ArrayList<TargetEvent>();
        if (release.standing() == Release.Standing.BAD) {
            Phrase why = Phrase.of("its checks have held for {0}", target.goodAfter());
            about.add(new TargetEvent.Cleared(clock.instant(), seen.id(), "backout", why));
        }
        about.add(new TargetEvent.FoundGood(clock.instant(), seen.id(), seen.version(), remarks));
        journal.append(target.name(), about);
        log.info("{}: release {} is good now{}", target.name(), release.name(), but(remarks));
        if (!wasGood || release.files() == null) {
            new WayBackWatch(journal, clock).keep(executors.of(target), target, seen);
        }
    }

    private static String but(List<Phrase> remarks) {
        return remarks.isEmpty() ? "" : ", but " + Phrase.joined("; ", remarks);
    }

    /** Between the first look and the checks somebody may have deployed. */
    private boolean isStill(Target target, TargetEvent.Seen seen) {
        return runner.sight(target).filter(now -> now.id().equals(seen.id())).isPresent();
    }

    /**
     * Begins no more looks.
     *
     * @param grace how long this waits for the one that is under way
     * @return whether nobody looks any more; else the journal may still be read
     */
    public boolean stop(Duration grace) {
        watched.values().forEach(Watched::end);
        rounds.stop();
        return Loop.haveEnded(loops(), grace);
    }
}
