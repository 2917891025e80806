package backout.serve;

import backout.App;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.operations.Obeyed;
import backout.operations.SiteCheck;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes over what is changed in {@code config/} and {@code commands/} while the bot serves: soon
 * after the files stand still, or at once when it is told to. Everything or nothing: what is wrong
 * anywhere leaves the former configuration in force, and operators are told.
 */
final class Reload {
    /** Editors and copies write for a moment; what is half there may even be understood. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** What stood against it may be no mistake in a file: a full disk, a host that is down. */
    static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    /**
     * What it is about.
     *
     * @param files how the files are now
     * @param read reads and checks them
     * @param take goes on with what was read, or throws and goes on with the former one
     */
    record Folder(
            Supplier<Obeyed> files,
            Supplier<SiteLoader.Loaded> read,
            Consumer<SiteLoader.Loaded> take) {}

    private final Folder folder;
    private final Consumer<Obeyed> obeys;
    private final Journal journal;
    private final InstantSource clock;
    private final SiteLoader.Loaded first;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Loop loop = Loop.every("configuration", LOOK_EVERY, ROUND_WITHIN, this::look);
    private volatile Obeyed obeyed;
    private volatile List<Problem> refused = List.of();
    private volatile List<String> later = List.of();
    private boolean refusalIsTold;
    private Instant again = Instant.MAX;
    private String settled;
    private volatile @Nullable Obeyed changed;

    /**
     * @param first what the bot began with, read from {@code began}
     * @param obeys is told which files are obeyed from now on
     */
    Reload(Folder folder, SiteLoader.Loaded first, Obeyed began, Consumer<Obeyed> obeys, App app) {
        this(folder, first, began, obeys, app.journal(), app.clock());
    }

    Reload(
            Folder folder,
            SiteLoader.Loaded first,
            Obeyed began,
            Consumer<Obeyed> obeys,
            Journal journal,
            InstantSource clock) {
        this.folder = folder;
        this.obeys = obeys;
        this.journal = journal;
        this.clock = clock;
        this.first = first;
        this.obeyed = began;
        this.settled = began.hash();
    }

    /** Not begun. */
    Loop loop() {
        return loop;
    }

    /** Looks at the files within a second, whether they stand still or not; from any thread. */
    void now() {
        told.set(true);
    }

    /** One look; called by one thread at a time. */
    void look() {
        try {
            Obeyed files = folder.files().get();
            if (told.getAndSet(false)) {
                take(files);
            } else if (files.hash().equals(settled)) {
                changed = null;
                if (!clock.instant().isBefore(again)) {
                    take(files);
                }
            } else if (changed == null || !changed.hash().equals(files.hash())) {
                changed = files;
            } else if (!clock.instant().isBefore(changed.read().plus(QUIET))) {
                take(files);
            }
        } catch (RuntimeException e) {
            log.error("the configuration: our own fault, the former one stays", e);
        }
    }

    /** What is written while it is read is read again, a moment later. */
    private void take(Obeyed files) {
        try {
            SiteLoader.Loaded loaded = folder.read().get();
            if (!folder.files().get().hash().equals(files.hash())) {
                changed = null;
                return;
            }
            folder.take().accept(loaded.servedAs(first));
            taken(files, loaded);
        } catch (ProblemException e) {
            changed = null;
            settled = files.hash();
            again = clock.instant().plus(AGAIN);
            refused(e.problems());
        }
    }

    private void taken(Obeyed files, SiteLoader.Loaded loaded) {
        boolean news = !files.hash().equals(obeyed.hash());
        boolean wasRefused = !refused.isEmpty();
        List<String> before = later;
        changed = null;
        settled = files.hash();
        obeyed = files;
        obeys.accept(files);
        refused = List.of();
        again = Instant.MAX;
        later = untilRestart(loaded);
        Phrase summary = SiteCheck.summary(loaded.site()).summary();
        log.info("the configuration is taken over{}: {}", news ? "" : ", unchanged", summary);
        if (wasRefused) {
            tell(Phrase.of("the configuration is right again and taken over: {0}", summary));
        }
        if (!later.isEmpty() && !later.equals(before)) {
            log.warn("at the next start alone count the changes of {}", later);
            tell(
                    Phrase.of(
                            "the configuration is taken over, but for what is changed in {0}: that"
                                    + " counts from the next start of the bot on",
                            Phrase.list(later)));
        }
    }

    /** What sockets, connections and folders were opened by. */
    private List<String> untilRestart(SiteLoader.Loaded now) {
        var changed = new ArrayList<String>();
        if (!now.bot().equals(first.bot())) {
            changed.add("backout.yml");
        }
        if (!now.chat().equals(first.chat())) {
            changed.add("chat.yml");
        }
        if (first.site().programs().isEmpty() && !now.site().programs().isEmpty()) {
            changed.add("people.yml webhook");
        }
        if (!now.machines().equals(first.machines())) {
            changed.add("hosts.yml");
        }
        return List.copyOf(changed);
    }

    /** The same each minute is no news; what nobody could be told is told the next time. */
    private void refused(List<Problem> problems) {
        if (!problems.equals(refused)) {
            refused = List.copyOf(problems);
            refusalIsTold = false;
            refused.forEach(it -> log.warn("the configuration is not taken over: {}", it));
        }
        if (!refusalIsTold) {
            refusalIsTold =
                    tell(
                            Phrase.of(
                                    "the changed configuration is not taken over, the one of {0}"
                                            + " stays in force. {1}",
                                    obeyed.read(),
                                    Phrase.joined(
                                            "; ",
                                            problems.stream().map(Problem::phrase).toList())));
        }
    }

    /** In the channels that hear of targets; what cannot be journalled is in the log. */
    private boolean tell(Phrase says) {
        try {
            journal.append(Freeze.SITE, List.of(new TargetEvent.Warned(clock.instant(), says)));
            return true;
        } catch (ProblemException e) {
            log.warn("nobody can be told: {}", e.problem());
            return false;
        }
    }

    /** For operators: which configuration is obeyed, and what speaks against a newer one. */
    String says() {
        Instant read = obeyed.read();
        if (!refused.isEmpty()) {
            return "read at "
                    + read
                    + "; what is in the files now is refused: "
                    + refused.getFirst();
        }
        if (changed != null) {
            return "read at "
                    + read
                    + "; the files have changed since, and are read when they stand still";
        }
        return later.isEmpty()
                ? "read at " + read
                : "read at " + read + "; changes of " + later + " count from the next start on";
    }
}
