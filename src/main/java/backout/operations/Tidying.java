package backout.operations;

import backout.archive.Artifacts;
import backout.command.Site;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.Executor;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.Leases;
import backout.run.Loop;
import backout.run.Run;
import backout.run.RunId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Removes, a few times a day, what runs kept that are long over: artifacts, protective tags, where
 * their messages are. Each removal is one line of the log. What does not work is tried again.
 */
public final class Tidying implements AutoCloseable {
    private static final Duration EVERY = Duration.ofHours(6);
    private static final Duration FIRST = Duration.ofMinutes(10);

    /** Longer than the engine may take; runs wait while it is held. */
    private static final Duration HELD = Duration.ofMinutes(2);

    private static final int RUNS = 1_000;
    private static final Logger log = LoggerFactory.getLogger(Tidying.class);

    /** How long after a run's end what it kept stays. */
    public record Limits(Duration artifacts, Duration messages) {}

    private final Supplier<Site> sites;
    private final Function<Target, Executor> executors;
    private final Journal journal;
    private final Leases leases;
    private final Artifacts artifacts;
    private final ToIntFunction<Instant> messages;
    private final Limits limits;
    private final InstantSource clock;
    private final Loop loop =
            Loop.every("tidying", FIRST, EVERY, EVERY.multipliedBy(2), this::once);

    /**
     * Does nothing yet.
     *
     * @param messages forgets where the messages of runs are that were over before a moment; how
     *     many rows went
     */
    public Tidying(
            Supplier<Site> sites,
            Function<Target, Executor> executors,
            Journal journal,
            Leases leases,
            Artifacts artifacts,
            ToIntFunction<Instant> messages,
            Limits limits,
            InstantSource clock) {
        this.sites = sites;
        this.executors = executors;
        this.journal = journal;
        this.leases = leases;
        this.artifacts = artifacts;
        this.messages = messages;
        this.limits = limits;
        this.clock = clock;
    }

    /** Begins, in a thread of its own, some minutes after the bot did. */
    public Loop start() {
        return loop.start();
    }

    /** Removes what is due now. */
    public void once() {
        Instant now = clock.instant();
        Instant since = now.minus(limits.artifacts());
        attempt("artifacts", () -> artifacts(since));
        attempt("protective tags", () -> tags(since));
        attempt(
                "messages",
                () -> {
                    int rows = messages.applyAsInt(now.minus(limits.messages()));
                    if (rows > 0) {
                        log.info("{} rows about messages of old runs are removed", rows);
                    }
                });
    }

    private static void attempt(String what, Runnable removal) {
        try {
            removal.run();
        } catch (ProblemException e) {
            log.warn("old {} stay for now: {}", what, e.problem());
        } catch (RuntimeException e) {
            log.error("old {} stay: our own fault", what, e);
        }
    }

    private void artifacts(Instant since) {
        List<String> mentions = mentions();
        for (String owner : artifacts.owners()) {
            if (RunId.isRunId(owner)) {
                artifactsOf(new RunId(owner), since);
            } else if (isTargets(owner)) {
                artifacts
                        .forget(
                                owner,
                                since,
                                path -> mentions.stream().anyMatch(one -> one.contains(path)))
                        .forEach(path -> log.info("artifact {} is removed", path));
            }
        }
    }

    /** Of a run that the journal does not know nobody can say whether it is over. */
    private void artifactsOf(RunId id, Instant since) {
        var events = journal.read(id);
        boolean old =
                !events.isEmpty()
                        && Needed.end(Run.of(events)).filter(at -> at.isBefore(since)).isPresent();
        if (old) {
            artifacts.delete(id.text());
            log.info("the artifacts of run {} are removed", id);
        }
    }

    /** The files of good releases lie under their target's name. */
    private boolean isTargets(String owner) {
        return sites.get().targets().keySet().stream()
                .anyMatch(target -> owner.equals("files-" + target.name()));
    }

    private List<String> mentions() {
        Stream<String> kept =
                ledgers().stream()
                        .flatMap(ledger -> ledger.releases().stream())
                        .map(Release::files)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull);
        Stream<String> planned = open().stream().flatMap(Needed::mentions);
        return Stream.concat(kept, planned).toList();
    }

    private List<Ledger> ledgers() {
        return sites.get().targets().keySet().stream()
                .map(target -> Ledger.of(journal.read(target)))
                .toList();
    }

    private List<Run> open() {
        return journal.open().stream().map(id -> Run.of(journal.read(id))).toList();
    }

    /**
     * Targets may share images: so under the leases of all, and not while a run is open. A run that
     * is asked for meanwhile begins a moment later.
     */
    private void tags(Instant since) {
        var held = new ArrayList<Lease>();
        try {
            for (Target target : sites.get().targets().values()) {
                Optional<Lease> lease = leases.take(target.name().toString(), HELD);
                if (lease.isEmpty()) {
                    return;
                }
                held.add(lease.get());
            }
            if (journal.open().isEmpty()) {
                var runs = journal.recent(RUNS).stream().map(id -> Run.of(journal.read(id)));
                Set<String> needed = Needed.releases(runs.toList(), ledgers(), since);
                sites.get().targets().values().forEach(target -> tags(target, needed));
            }
        } finally {
            held.forEach(leases::release);
        }
    }

    private void tags(Target target, Set<String> needed) {
        attempt(
                "tags of " + target.name(),
                () ->
                        executors
                                .apply(target)
                                .tidy(target, needed)
                                .forEach(what ->
                                        log.info("{}: {} is removed", target.name(), what)));
    }

    @Override
    public void close() {
        loop.stop();
    }
}
