package backout.cli;

import backout.chat.console.TextScreen;
import backout.check.Quantity;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.operations.LogLevel;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.RunId;
import backout.serve.ProcessContext;
import backout.store.sql.JournalCopy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What an operator does beside a serving bot, from the same host. */
public final class UpkeepVerbs {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final SiteLoader.Loaded loaded;
    private final ProcessContext context;
    private final TextScreen out;

    public UpkeepVerbs(SiteLoader.Loaded loaded, ProcessContext context, TextScreen out) {
        this.loaded = loaded;
        this.context = context;
        this.out = out;
    }

    /** Copies the journal while others write to it; the exit code. */
    public int backup(Path wanted) {
        Path store = loaded.bot().store();
        String name = "backout-" + STAMP.format(context.clock().instant()) + ".db";
        Path file = Files.isDirectory(wanted) ? wanted.resolve(name) : wanted;
        JournalCopy copy = JournalCopy.make(store, file);
        List<String> open = copy.open().stream().map(RunId::text).toList();
        Phrase runs = Phrase.count(copy.runs(), "{0} run", "{0} runs");
        out.say(
                "",
                Phrase.of(
                        "The journal is copied to {0}: {1}, {2}, {3}. It was read back whole.",
                        copy.file(),
                        Say.bytes(copy.bytes()),
                        runs,
                        open.isEmpty() ? Phrase.of("none open") : Phrase.of("open: {0}", open)));
        out.say(
                "",
                Phrase.of(
                        "To restore it: stop every Backout, remove backout.db, backout.db-wal and"
                            + " backout.db-shm in {0}, copy this file there as backout.db, start"
                            + " Backout. Keep key.txt, artifacts/ and backups/ of that folder with"
                            + " it: they are files and never change.",
                        store));
        return 0;
    }

    /**
     * Changes the level of a serving bot for a while.
     *
     * @param words {@code debug}, {@code debug for 10m}, {@code default}
     */
    public int logLevel(List<String> words) {
        Path store = loaded.bot().store();
        if (words.equals(List.of("default"))) {
            LogLevel.forget(store);
            out.say("", Phrase.of("Within a second the log level is again the configured one."));
            return 0;
        }
        Duration time = time(words).orElseThrow(UpkeepVerbs::notUnderstood);
        Instant until = context.clock().instant().plus(time);
        new LogLevel(words.getFirst(), until).keep(store);
        out.say(
                "",
                Phrase.of(
                        "Within a second the log level is {0} wherever Backout serves from {1},"
                                + " until {2}; then the configured one again.",
                        words.getFirst(), store, until));
        return 0;
    }

    private static Optional<Duration> time(List<String> words) {
        boolean level = LogLevel.LEVELS.contains(words.getFirst());
        if (level && words.size() == 1) {
            return Optional.of(USUAL);
        }
        if (!level || words.size() != 3 || !words.get(1).equals("for")) {
            return Optional.empty();
        }
        return Quantity.duration(words.get(2))
                .filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0);
    }

    private static ProblemException notUnderstood() {
        return Problem.stop(
                Phrase.of("this is no log level for a while"),
                Phrase.of(
                        "Say one of {0}, and for how long, at most 24h: bot/backout"
                                + " loglevel debug for 10m; or default",
                        Phrase.list(LogLevel.LEVELS)));
    }
}
