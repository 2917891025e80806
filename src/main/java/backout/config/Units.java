package backout.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values with their unit in them: {@code 5m}, {@code 1.5GB}. */
final class Units {
    private static final Pattern AMOUNT =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?([A-Za-z]+)");

    private static final Map<String, BigDecimal> MILLIS =
            Map.of(
                    "ms", BigDecimal.ONE,
                    "s", BigDecimal.valueOf(1_000),
                    "m", BigDecimal.valueOf(60_000),
                    "h", BigDecimal.valueOf(3_600_000),
                    "d", BigDecimal.valueOf(86_400_000));

    private static final Map<String, BigDecimal> BYTES =
            Map.of(
                    "B", BigDecimal.ONE,
                    "kB", BigDecimal.valueOf(1_000),
                    "KB", BigDecimal.valueOf(1_000),
                    "MB", BigDecimal.valueOf(1_000_000),
                    "GB", BigDecimal.valueOf(1_000_000_000),
                    "TB", BigDecimal.valueOf(1_000_000_000_000L),
                    "KiB", BigDecimal.valueOf(1L << 10),
                    "MiB", BigDecimal.valueOf(1L << 20),
                    "GiB", BigDecimal.valueOf(1L << 30),
                    "TiB", BigDecimal.valueOf(1L << 40));

    private Units() {}

    static Optional<Duration> duration(String text) {
        return amount(text, MILLIS).map(Duration::ofMillis);
    }

    /** A size in bytes. */
    static Optional<Long> size(String text) {
        return amount(text, BYTES);
    }

    private static Optional<Long> amount(String text, Map<String, BigDecimal> units) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(units.get(matcher.group(2)))
                .map(unit -> new BigDecimal(matcher.group(1)).multiply(unit))
                .filter(amount -> amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                .map(amount -> amount.setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
