package backout.run;

import backout.language.Phrase;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the checks saw at one moment, and what it comes to.
 *
 * @param finding the whole of it: one must-check that is unwell makes it unwell, one that could not
 *     look makes it unknown
 * @param rows each check with what was seen
 * @param ranks how ill the service is, the higher the worse: 0 well, then the must-checks that are
 *     unwell, far more where nothing answers at all; -1 where nobody could tell
 * @param log the last lines of what was started, redacted
 * @param took how long the looking took
 * @param outside what the service needs and what was not there, such as a dependency that is down:
 *     no release is to blame for it
 */
public record Evidence(
        Finding finding,
        List<Row> rows,
        int ranks,
        List<Phrase> log,
        Duration took,
        List<Phrase> outside) {
    /** Nothing was amiss outside of the service. */
    public Evidence(Finding finding, List<Row> rows, int ranks, List<Phrase> log, Duration took) {
        this(finding, rows, ranks, log, took, List.of());
    }

    /** Well, unwell, or nobody could tell. */
    public enum Finding {
        WELL,
        UNWELL,
        UNKNOWN;

        /** What it comes to: must-checks decide, and without one nobody could tell. */
        public static Finding of(List<Row> rows) {
            var musts = rows.stream().filter(Row::must).map(Row::finding).toList();
            if (musts.contains(UNWELL)) {
                return UNWELL;
            }
            return musts.isEmpty() || musts.contains(UNKNOWN) ? UNKNOWN : WELL;
        }

        /** As people read it. */
        public Phrase says() {
            return switch (this) {
                case WELL -> Phrase.of("well");
                case UNWELL -> Phrase.of("unwell");
                case UNKNOWN -> Phrase.of("unknown");
            };
        }
    }

    /**
     * One check: what it is, what was seen, what was wanted; {@code must} ones decide.
     *
     * @param measure the number that was seen, in its base unit (nanoseconds, bytes, percent), so
     *     that a later look can be compared with it; empty where there is none
     */
    public record Row(
            String check,
            Phrase seen,
            Phrase wanted,
            Finding finding,
            boolean must,
            String measure) {
        private static final Pattern WANTED = Pattern.compile(" (==|!=|<=|>=|<|>) ");

        /** The check and what was seen instead, in words. */
        public Phrase remark() {
            return Phrase.of("{0} (seen: {1})", check, seen);
        }

        /** What was looked at, without what was wanted of it. */
        public String about() {
            return about(check);
        }

        /** The same of a check as people read it. */
        public static String about(String check) {
            return WANTED.split(check, 2)[0];
        }

        /** Whether it tells which release runs, not how that is. */
        public boolean isIdentity() {
            return check.contains("[IMAGE]") || check.contains("[BODY].version ");
        }
    }

    public Evidence {
        rows = List.copyOf(rows);
        log = List.copyOf(log);
        outside = List.copyOf(outside);
    }

    /**
     * How the service is, whichever release it runs: of a baseline that it is another says nothing.
     */
    public Finding health() {
        return ranks < 0 ? Finding.UNKNOWN : ranks == 0 ? Finding.WELL : Finding.UNWELL;
    }

    /** The same, of a service whose needs these are that were not there. */
    public Evidence with(List<Phrase> outside) {
        return new Evidence(finding, rows, ranks, log, took, outside);
    }

    /** What should hold and does not: it decides nothing, and is told. */
    public List<Row> remarks() {
        return rows.stream().filter(row -> !row.must() && row.finding() == Finding.UNWELL).toList();
    }

    public boolean isWell() {
        return finding == Finding.WELL;
    }

    /** Whether this is clearly worse than the baseline: only that is undone without asking. */
    public boolean isWorseThan(Evidence baseline) {
        return ranks >= 0
                && baseline.ranks >= 0
                && finding == Finding.UNWELL
                && ranks > baseline.ranks;
    }

    /** The first must-check that is not well, in words. */
    public Phrase trouble() {
        return trouble(_ -> true);
    }

    /** The same, whichever release runs. */
    public Phrase illness() {
        return trouble(row -> !row.isIdentity());
    }

    private Phrase trouble(Predicate<Row> counts) {
        return rows.stream()
                .filter(row -> row.must() && row.finding() != Finding.WELL)
                .filter(counts)
                .findFirst()
                .map(Row::remark)
                .orElse(Phrase.of("the checks are {0}", finding.says()));
    }
}
