package backout.operations;

import backout.approval.OnCall;
import backout.approval.OnCall.Shift;
import backout.approval.Turnover;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shifts of the next weeks as a serving bot had them, by which it is noticed that a changed
 * list gives people others: whoever plans a holiday should hear of it before.
 *
 * @param store the folder of the journal
 */
public record ShiftTable(Path store) {
    private static final Duration AHEAD = Duration.ofDays(56);
    private static final int SHOWN = 5;
    private static final int MOST = 1000;
    private static final Logger log = LoggerFactory.getLogger(ShiftTable.class);

    /** Whoever is on call from {@code from} on, in a list that says it for one time only. */
    private record Row(int level, Instant from, Instant to, List<String> people) {
        String line() {
            return String.join("\t", level + "", from + "", to + "", String.join(" ", people));
        }

        static Row of(String line) {
            String[] words = line.split("\t", -1);
            return new Row(
                    Integer.parseInt(words[0]),
                    Instant.parse(words[1]),
                    Instant.parse(words[2]),
                    words[3].isEmpty() ? List.of() : List.of(words[3].split(" ", -1)));
        }

        boolean holds(Instant when) {
            return !when.isBefore(from) && when.isBefore(to);
        }
    }

    /** Who gets other shifts than a serving bot said so far; nobody where none did. */
    public List<Phrase> changes(Map<Integer, OnCall> lists, Instant now) {
        List<Row> rows = kept();
        var said = new ArrayList<Phrase>();
        lists.forEach((level, list) -> {
            List<Row> theirs = rows.stream().filter(row -> row.level() == level).toList();
            if (!theirs.isEmpty() && theirs.getLast().to().isAfter(now)) {
                OnCall before = before(theirs);
                said.addAll(
                        said(
                                level,
                                Turnover.between(before, list, now, theirs.getLast().to()),
                                now));
            }
        });
        return said;
    }

    private static OnCall before(List<Row> rows) {
        return when ->
                rows.stream()
                        .filter(row -> row.holds(when))
                        .findFirst()
                        .map(row -> new Shift(row.people(), Phrase.NONE, row.to()))
                        .orElseGet(() -> new Shift(List.of(), Phrase.NONE, rows.getLast().to()));
    }

    private static List<Phrase> said(int level, List<Turnover> changes, Instant now) {
        var said = new ArrayList<Phrase>();
        for (Turnover change : changes.stream().limit(SHOWN).toList()) {
            said.add(
                    Phrase.of(
                            "on call, L{0}: {1} instead of {2} from {3} to {4}",
                            level,
                            people(change.now()),
                            people(change.was()),
                            change.from(),
                            change.to()));
        }
        if (changes.size() > SHOWN) {
            said.add(
                    Phrase.of(
                            "on call, L{0}: and {1} more changes within 8 weeks",
                            level, changes.size() - SHOWN));
        }
        if (!changes.isEmpty() && changes.getFirst().from().equals(now)) {
            said.add(
                    Phrase.of(
                            "on call, L{0}: that is the shift of now; to keep it, name {1} below"
                                    + " overrides until it ends",
                            level, people(changes.getFirst().was())));
        }
        return said;
    }

    private static Phrase people(List<String> people) {
        return people.isEmpty() ? Phrase.of("nobody") : Phrase.list(people);
    }

    private List<Row> kept() {
        if (!Files.exists(file())) {
            return List.of();
        }
        try {
            return Files.readAllLines(file()).stream().map(Row::of).toList();
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", file(), Cause.of(e));
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            log.warn("{} is not understood, so changed shifts are not noticed: {}", file(), e + "");
        }
        return List.of();
    }

    /**
     * Keeps those of the next weeks.
     *
     * @throws backout.problem.ProblemException when the folder cannot be written to
     */
    public void keep(Map<Integer, OnCall> lists, Instant now) {
        var lines = new ArrayList<String>();
        Instant end = now.plus(AHEAD);
        lists.forEach((level, list) -> {
            Instant at = now;
            for (int step = 0; step < MOST && at.isBefore(end); step++) {
                Shift shift = list.at(at);
                Instant until = shift.until();
                Instant to = until == null || until.isAfter(end) ? end : until;
                lines.add(new Row(level, at, to, shift.people()).line());
                at = to;
            }
        });
        try {
            Files.createDirectories(file().getParent());
            Path partial = file().resolveSibling("shifts." + ProcessHandle.current().pid());
            Files.write(partial, lines);
            Files.move(partial, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the state folder cannot be used: {0}", Cause.of(e)),
                    file().toString(),
                    Phrase.of("look at the folder's rights and free space"));
        }
    }

    private Path file() {
        return store.resolve("on-call").resolve("shifts");
    }
}
