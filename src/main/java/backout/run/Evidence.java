package backout.run;

import backout.language.Phrase;
import backout.plan.TargetName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            return worst(rows.stream().filter(Row::must).map(Row::finding).toList());
        }

        /** One that is unwell makes all unwell; of nothing nobody could tell. */
        public static Finding worst(List<Finding> all) {
            if (all.contains(UNWELL)) {
                return UNWELL;
            }
            return all.isEmpty() || all.contains(UNKNOWN) ? UNKNOWN : WELL;
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
     * @param measure what was seen, so that a later look can be compared with it: a number in its
     *     base unit (nanoseconds, bytes, percent), a text or its hash; empty where nothing was
     *     seen, or nothing compares with it
     * @param target which of several targets it is about; empty where the run is about one
     */
    public record Row(
            String check,
            Phrase seen,
            Phrase wanted,
            Finding finding,
            boolean must,
            String measure,
            String target) {
        private static final Pattern WANTED = Pattern.compile(" (==|!=|<=|>=|<|>) ");

        /** The check and what was seen instead, in words. */
        public Phrase remark() {
            return Phrase.of("{0} (seen: {1})", check, seen);
        }

        /** Of the only target of a run. */
        public Row(
                String check,
                Phrase seen,
                Phrase wanted,
                Finding finding,
                boolean must,
                String measure) {
            this(check, seen, wanted, finding, must, measure, "");
        }

        private Row of(TargetName one) {
            return new Row(check, seen, wanted, finding, must, measure, one.toString());
        }

        /** What was looked at, without what was wanted of it. */
        public String about() {
            return about(check);
        }

        /** The same of a check as people read it. */
        public static String about(String check) {
            return WANTED.split(check, 2)[0];
        }

        private Phrase says() {
            return target.isEmpty() ? remark() : Phrase.of("{0}: {1}", target, remark());
        }

        /** Whether it tells which release runs, not how that is. */
        public boolean isIdentity() {
            return check.contains("[IMAGE]")
                    || check.contains("[COMMIT]")
                    || check.contains("[BODY].version ");
        }
    }

    /**
     * What was seen of several targets, as one: each row says of which.
     *
     * @param parts by target, in their order; one alone stays as it is
     */
    static Evidence of(Map<TargetName, Evidence> parts) {
        if (parts.size() == 1) {
            return parts.values().iterator().next();
        }
        var rows = new ArrayList<Row>();
        var log = new ArrayList<Phrase>();
        parts.forEach((target, seen) -> {
            seen.rows().forEach(row -> rows.add(row.of(target)));
            seen.log().forEach(line -> log.add(Phrase.of("{0}: {1}", target, line)));
        });
        boolean known = parts.values().stream().allMatch(seen -> seen.ranks() >= 0);
        return new Evidence(
                Finding.of(rows),
                rows,
                known ? parts.values().stream().mapToInt(Evidence::ranks).sum() : -1,
                log,
                parts.values().stream().map(Evidence::took).reduce(Duration.ZERO, Duration::plus),
                parts.values().stream().flatMap(seen -> seen.outside().stream()).toList());
    }

    /**
     * The rows that are about one of several targets, to compare a later look with; how ill it was
     * stays that of all of them.
     */
    Evidence about(TargetName target) {
        return new Evidence(
                finding,
                rows.stream()
                        .filter(row ->
                                row.target().isEmpty() || row.target().equals(target.toString()))
                        .toList(),
                ranks,
                log,
                took,
                outside);
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
                .map(Row::says)
                .orElse(Phrase.of("the checks are {0}", finding.says()));
    }
}
