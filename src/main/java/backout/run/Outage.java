package backout.run;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody who used the service while it was switched had to bear, as it was watched from
 * outside.
 *
 * @param before how it was when the watch began: what was so already is not the switch's doing
 * @param silent how long it did not answer, after it once had
 * @param unwell how long it answered otherwise than its checks want, after it once had been well or
 *     silent
 */
public record Outage(Before before, Duration silent, Duration unwell) {
    /** How the service was before the switch. */
    public enum Before {
        WELL,
        UNWELL,
        SILENT
    }

    /** Below this there is nothing to tell. */
    private static final Duration LEAST = Duration.ofMillis(10);

    /** Whether somebody could measure how long it did not answer. */
    public boolean isMeasured() {
        return before != Before.SILENT && silent.compareTo(LEAST) >= 0;
    }

    /** How long it did not answer; null where nobody could measure it. */
    static @Nullable Duration silence(Optional<Outage> seen) {
        return seen.filter(Outage::isMeasured).map(Outage::silent).orElse(null);
    }

    /** In one sentence without its end. */
    public Phrase says() {
        return switch (before) {
            case WELL -> said();
            case UNWELL -> Phrase.of("{0}; before the switch it was unwell", said());
            case SILENT -> unknownBefore();
        };
    }

    private Phrase said() {
        if (isUnwell()) {
            return isSilent()
                    ? Phrase.of("it was unwell for {0}, and gave no answer for {1}", unwell, silent)
                    : Phrase.of("it was unwell for {0}, and answered all the time", unwell);
        }
        return isSilent()
                ? Phrase.of("it did not answer for {0}", silent)
                : Phrase.of("it answered all the time");
    }

    private Phrase unknownBefore() {
        Phrase unknown =
                Phrase.of(
                        "how long it did not answer is unknown: before the switch it did not answer"
                                + " either");
        return isUnwell() || isSilent()
                ? Phrase.of("{0}; after its first answer {1}", unknown, said())
                : unknown;
    }

    private boolean isSilent() {
        return silent.compareTo(LEAST) >= 0;
    }

    private boolean isUnwell() {
        return unwell.compareTo(LEAST) >= 0;
    }

    /** Where nobody watched, or not all of it. */
    public static Phrase unknown() {
        return Phrase.of("how long it did not answer is unknown: nobody watched it to the end");
    }
}
