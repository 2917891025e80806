package backout.check;

import backout.problem.ProblemException;
import backout.problem.Shown;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line that says what well means: {@code GET {url}/health [BODY].status == healthy within 60s}.
 *
 * @param within how long after the start it may take to become so; empty: as long as the most
 *     patient check beside it
 * @param times how often in a row it must hold
 * @param baselineFactor well also if no worse than this many times the baseline
 * @param stage derived from the text as written, so that it outlives filling
 * @param text as written, with its placeholders: what a plan and a journal keep
 */
public record Check(
        Subject subject,
        Condition condition,
        Severity severity,
        Optional<Duration> within,
        int times,
        Optional<BigDecimal> baselineFactor,
        Stage stage,
        String text,
        boolean isFilled) {

    private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{12})[0-9a-f]{52}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s]+/");

    public Check {
        if (times < 1) {
            throw new IllegalArgumentException("a check must hold at least once");
        }
    }

    /**
     * Reads a check.
     *
     * @param placeholders the names that will be filled, without braces: url, version, to
     * @throws ProblemException with the word, its place and the nearest known one
     */
    public static Check parse(String text, Set<String> placeholders) {
        return CheckParser.parse(text, placeholders);
    }

    /**
     * A check's text with what is known put in, so that {@link #filled} reads the very same values.
     */
    public static String fill(String text, Map<String, String> values) {
        return Sentence.Word.fill(text, values);
    }

    /**
     * Reads a check in whose text everything is filled: braces in it are text.
     *
     * @throws ProblemException as {@link #parse}
     */
    public static Check filled(String text) {
        return CheckParser.parse(text, Set.copyOf(Placeholders.in(text))).with(true);
    }

    /** The same of all of them, in their order. */
    public static List<Check> filled(List<String> lines) {
        return lines.stream().map(Check::filled).toList();
    }

    /**
     * Whether it asks which release runs. A filled line no longer shows that its version was a
     * placeholder; what a body calls version is one all the same.
     */
    public boolean isIdentity() {
        return stage == Stage.IDENTITY || text.contains("[BODY].version ");
    }

    /** Whether it is about the same value of the same subject, whatever is wanted of it. */
    public boolean asksTheSameAs(Check other) {
        return subject.equals(other.subject) && condition.field() == other.condition.field();
    }

    private Check with(boolean isFilled) {
        return new Check(
                subject, condition, severity, within, times, baselineFactor, stage, text, isFilled);
    }

    /**
     * The same by its fixed limit alone: for a look at what runs, which has no baseline but itself,
     * and would never be worse than that.
     */
    public Check byItsLimit() {
        return new Check(
                subject,
                condition,
                severity,
                within,
                times,
                Optional.empty(),
                stage,
                text,
                isFilled);
    }

    /** The names of the placeholders that nobody has filled. */
    public List<String> unfilled() {
        if (isFilled) {
            return List.of();
        }
        return Stream.concat(Stream.of(subject.template()), condition.wanted().templates())
                .flatMap(template -> Placeholders.in(template).stream())
                .distinct()
                .toList();
    }

    /**
     * What a reading says. To judge the baseline itself, give the reading as its own baseline.
     *
     * @param baseline what the same probe saw before the rollback
     */
    public Verdict judge(Reading reading, Optional<Reading> baseline) {
        return new Judge(this, baseline).of(reading);
    }

    /**
     * What of a reading is kept, so that a later one can be judged by it: {@link
     * Reading.Remembered}.
     *
     * @return a number in the unit of {@link Field.Kind}, a short text, the hash of a long one;
     *     empty where nothing was seen, and where the check does not ask for it
     */
    public String measure(Reading reading) {
        boolean asked = condition.wanted() instanceof Wanted.Baseline || baselineFactor.isPresent();
        return asked ? Sight.of(condition, reading).kept().orElse("") : "";
    }

    /** Digests with the 12 digits by which people tell them apart: {@code sha256:9d3e5a7c11aa}. */
    public static String digests(String text) {
        return DIGEST.matcher(text).replaceAll("$1");
    }

    /** A check without what each of a card's checks repeats: the digits, the service's address. */
    public static String brief(String check) {
        return ADDRESS.matcher(digests(check)).replaceAll("/");
    }

    /** What is looked at and wanted, filled, without the patience: a line of a table. */
    public String shown() {
        return Shown.value(subject + " " + condition);
    }

    @Override
    public String toString() {
        return text;
    }

    /** How much a check counts. */
    public enum Severity {
        /** Decides whether the service is well. */
        MUST,
        /** Is waited for and warned about, decides nothing. */
        SHOULD,
        /** Is shown, is not waited for. */
        INFO
    }

    /** The order in which checks are shown and looked at: there is no identity without life. */
    public enum Stage {
        LIVENESS,
        IDENTITY,
        FUNCTIONAL,
        LIMITS,
        DATA;

        /** Derived, so that nobody has to say it: the field tells, and who asks for an identity. */
        static Stage of(Subject subject, Condition condition) {
            return switch (condition.field()) {
                case STATE, HEALTH, RESTARTS -> LIVENESS;
                case IMAGE, COMMIT -> IDENTITY;
                case STATUS -> subject.secret().isPresent() ? FUNCTIONAL : LIVENESS;
                case BODY -> condition.identifies() ? IDENTITY : FUNCTIONAL;
                case RESPONSE_TIME, MEMORY, CPU, FREE, KEPT -> LIMITS;
                case AGREE, TTL -> FUNCTIONAL;
                case KEYS -> DATA;
            };
        }
    }
}
