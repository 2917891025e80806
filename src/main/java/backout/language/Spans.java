package backout.language;

import java.time.Duration;
import java.util.Locale;

/** A length of time with the two digits that matter. */
final class Spans {
    private Spans() {}

    /** {@code 0.42 s}, {@code 12.3 s}, {@code 1 min 47 s}, {@code 14 min}, {@code 6 h}. */
    static Phrase of(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            String form = time.compareTo(Duration.ofSeconds(10)) < 0 ? "%.2f" : "%.1f";
            return Phrase.of("{0} s", String.format(Locale.ROOT, form, time.toMillis() / 1000.0));
        }
        if (time.compareTo(Duration.ofMinutes(10)) < 0 && time.toSecondsPart() > 0) {
            return Phrase.of("{0} min {1} s", time.toMinutes(), time.toSecondsPart());
        }
        if (time.compareTo(Duration.ofHours(2)) < 0) {
            return Phrase.of("{0} min", time.toMinutes());
        }
        return time.compareTo(Duration.ofDays(2)) < 0
                ? Phrase.of("{0} h", time.toHours())
                : Phrase.of("{0} d", time.toDays());
    }
}
