package backout.watch;

import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Parked;
import backout.run.RunId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Drives every open run while the {@link Leader} lets it: at the start, each minute, within a
 * second of its beginning, and at once when somebody spoke to one, in whichever process. One thread
 * per run, never two for the same.
 */
public final class Resumer {
    /** How soon a vote from another process is heard; one from this process is heard at once. */
    private static final Duration HEAR_EVERY = Duration.ofMillis(250);

    /** How soon a run is tried again that another process was working on. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    /** How soon a run that another process began is taken up by the one that serves. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** What did not go on is tried again each minute. */
    private static final int LOOKS_PER_RETRY = 60;

    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);

    /** Steps have deadlines of minutes: whoever works on a run for longer hangs. */
    private static final Duration DRIVEN_WITHIN = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Resumer.class);

    private final Journal journal;
    private final Function<RunId, Parked> drive;
    private final Leader leader;
    private final InstantSource clock;
    private final Consumer<RunId> meanwhile;
    private final Set<RunId> known = ConcurrentHashMap.newKeySet();
    private final Map<RunId, Driver> driving = new ConcurrentHashMap<>();
    private final Map<RunId, Phrase> halted = new ConcurrentHashMap<>();
    private final Loop looking = Loop.every("resumer", LOOK_EVERY, STUCK_AFTER, this::look);
    private final Loop hearing = Loop.every("hear", HEAR_EVERY, STUCK_AFTER, this::hear);
    private final Alarm alarm = new Alarm();
    private boolean hears;
    private int looks;
    private long mark = Journal.Changes.NEVER;
    private volatile boolean resumed;

    /**
     * @param drive works on a run until it is parked: {@code Runner::drive}
     * @param meanwhile is done each second about a run that is being worked on: {@code
     *     Runner::page}
     */
    public Resumer(
            Journal journal,
            Function<RunId, Parked> drive,
            Consumer<RunId> meanwhile,
            Leader leader,
            InstantSource clock) {
        this.meanwhile = meanwhile;
        this.journal = journal;
        this.drive = drive;
        this.leader = leader;
        this.clock = clock;
    }

    /** Begins, for a process that does not serve; called once. */
    public void start() {
        looking.start();
    }

    /** Begins, and drives alone from now on; called once. */
    public void serve() {
        leader.serve();
        start();
    }

    /**
     * Its own threads: those that look for all of the open runs, and one per run that is driven.
     */
    public List<Loop> loops() {
        return Stream.concat(
                        Stream.of(looking, hearing), driving.values().stream().map(Driver::loop))
                .toList();
    }

    private synchronized void beginToHear() {
        if (!hears) {
            hears = true;
            hearing.start();
        }
    }

    /** One look for all that wait, however many they are. */
    private void hear() {
        try {
            wake();
        } catch (ProblemException e) {
            log.debug("what changed could not be read: {}", e.problem());
        } catch (RuntimeException e) {
            log.error("what changed could not be read: our own fault", e);
        }
    }

    /** Whose run somebody spoke to, and whose time has come. */
    private void wake() {
        boolean first = mark == Journal.Changes.NEVER;
        Journal.Changes changes = journal.since(mark);
        mark = changes.mark();
        Instant now = clock.instant();
        if (first || alarm.rings(now)) {
            driving.values().forEach(driver -> driver.sleep().endBy(first ? Instant.MAX : now));
        }
        changes.runs().stream()
                .map(driving::get)
                .filter(Objects::nonNull)
                .forEach(driver -> driver.sleep().end());
    }

    private void look() {
        boolean all = looks++ % LOOKS_PER_RETRY == 0;
        try {
            if (all) {
                leader.remain();
                resume();
            } else {
                resumeNew();
            }
            if (leader.mayDrive()) {
                driving.entrySet().stream()
                        .filter(one -> one.getValue().sleep().isAwake())
                        .forEach(one -> meanwhile.accept(one.getKey()));
            }
        } catch (ProblemException e) {
            log.atLevel(all ? Level.WARN : Level.DEBUG)
                    .log("open runs could not be read: {}", e.problem());
        } catch (RuntimeException e) {
            log.error("open runs could not be read: our own fault", e);
        }
    }

    /** Drives whatever is open and not being driven. */
    public void resume() {
        List<RunId> open = journal.open();
        known.retainAll(open);
        known.addAll(open);
        open.stream().filter(id -> !driving.containsKey(id)).forEach(this::drive);
        resumed = true;
    }

    /** Drives what began since it was looked for last, in whichever process. */
    private void resumeNew() {
        journal.open().stream().filter(known::add).forEach(this::drive);
    }

    /** Who drives a run. */
    private record Driver(Loop loop, Sleep sleep) {}

    /** Drives this run in a thread of its own; one that does so already looks at it at once. */
    public void drive(RunId id) {
        if (!looking.isStopped()) {
            driving.computeIfAbsent(id, this::begin).sleep().end();
        }
    }

    private Driver begin(RunId id) {
        beginToHear();
        var sleep = new Sleep(alarm);
        return new Driver(
                Loop.start("run " + id, DRIVEN_WITHIN, loop -> keep(id, loop, sleep)), sleep);
    }

    /** Whether another process drives whatever is open, because it serves. */
    public boolean isElsewhere() {
        return !leader.mayDrive();
    }

    /** Whether any process is there that drives open runs. */
    public boolean isAnybodyAtWork() {
        return leader.isAnybodyAtWork();
    }

    /** Whether open runs were looked for since the start. */
    public boolean hasResumed() {
        return resumed;
    }

    /** Why not every open run is taken up, for the operators; empty when each is. */
    public Optional<String> notTakenUp() {
        List<String> left =
                journal.open().stream()
                        .filter(halted::containsKey)
                        .map(id -> "run " + id + " does not go on: " + halted.get(id))
                        .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", left));
    }

    /** Why this process does not go on with a run; empty while it does. */
    public Optional<Phrase> halted(RunId id) {
        return Optional.ofNullable(halted.get(id));
    }

    private void keep(RunId id, Loop loop, Sleep sleep) {
        try (var _ = MDC.putCloseable("run", id.text())) {
            goOn(id, loop, sleep);
        } catch (ProblemException e) {
            halt(id, e.problem().phrase());
        } catch (RuntimeException e) {
            log.error("run {}: our own fault", id, e);
            halt(
                    id,
                    Phrase.of(
                            "Backout itself stumbled ({0}); the run is safe in the journal and is"
                                    + " tried again in a minute",
                            e.getClass().getSimpleName()));
        } finally {
            driving.remove(id);
        }
    }

    private void goOn(RunId id, Loop loop, Sleep sleep) {
        while (!looking.isStopped()) {
            loop.round();
            Parked parked = leader.mayDrive() ? drive.apply(id) : new Parked.Elsewhere();
            switch (parked) {
                case Parked.Over _ -> {
                    halted.remove(id);
                    return;
                }
                case Parked.Halted(Phrase why) -> {
                    halt(id, why);
                    return;
                }
                case Parked.Until(Instant until, int events) -> {
                    halted.remove(id);
                    await(id, loop, sleep, until, events);
                }
                case Parked.Elsewhere _ -> {
                    halted.remove(id);
                    Instant again = clock.instant().plus(ELSEWHERE);
                    await(id, loop, sleep, again, journal.read(id).size());
                }
            }
        }
    }

    private void halt(RunId id, Phrase why) {
        if (!why.equals(halted.put(id, why))) {
            log.warn("run {} does not go on: {}", id, why);
        }
    }

    /** Until its time has come or somebody spoke since the run had so many events. */
    private void await(RunId id, Loop loop, Sleep sleep, Instant until, int known) {
        while (clock.instant().isBefore(until) && !looking.isStopped()) {
            loop.round();
            if (journal.read(id).size() != known || !sleep.sleep(until)) {
                return;
            }
        }
    }

    /**
     * Begins nothing more; whatever is at work goes on to where it may be parked.
     *
     * @param grace how long this waits for it
     * @return whether everything stands still; else it still works, and a process that ends now
     *     leaves it to the journal
     */
    public boolean stop(Duration grace) {
        looking.stop();
        hearing.stop();
        driving.values().forEach(driver -> driver.sleep().end());
        boolean ended = Loop.haveEnded(loops(), grace);
        leader.leave();
        return ended;
    }
}
