package backout.check;

import backout.language.Phrase;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers with their units, as people write them and as they are shown. */
public final class Quantity {
    private static final Pattern FORM =
            Pattern.compile("(-?[0-9]{1,18}(?:\\.[0-9]{1,18})?)([a-zA-Z%]*)");

    private static final Map<String, BigDecimal> MILLIS =
            Map.of(
                    "ms", of(1),
                    "s", of(1000),
                    "m", of(60_000),
                    "h", of(3_600_000),
                    "d", of(86_400_000));
    private static final Map<String, BigDecimal> BYTES =
            Map.of(
                    "B", of(1),
                    "kB", of(1000),
                    "KB", of(1000),
                    "MB", of(1000_000),
                    "GB", of(1000_000_000),
                    "TB", of(1000_000_000_000L),
                    "KiB", of(1L << 10),
                    "MiB", of(1L << 20),
                    "GiB", of(1L << 30),
                    "TiB", of(1L << 40));

    private Quantity() {}

    private static BigDecimal of(long value) {
        return BigDecimal.valueOf(value);
    }

    private static Map<String, BigDecimal> units(Field.Kind kind) {
        return switch (kind) {
            case TEXT, NUMBER, COUNT -> Map.of("", of(1));
            case DURATION -> MILLIS;
            case SIZE -> BYTES;
            case PERCENT -> Map.of("%", of(1));
        };
    }

    /** {@code 250ms}, {@code 1.5 h}, {@code 14d}: never below zero. */
    public static Optional<Duration> duration(String text) {
        return whole(Field.Kind.DURATION, text).map(Duration::ofMillis);
    }

    /** In bytes: {@code 200MB}, {@code 0.5 KiB}. */
    public static Optional<Long> size(String text) {
        return whole(Field.Kind.SIZE, text);
    }

    private static Optional<Long> whole(Field.Kind kind, String text) {
        return parse(kind, text.replaceFirst("(?<=[0-9]) ", ""))
                .filter(amount -> amount.signum() >= 0 && amount.compareTo(of(Long.MAX_VALUE)) <= 0)
                .map(BigDecimal::longValue);
    }

    /** In ms, bytes, percent or plain; empty when the text is no such number with such a unit. */
    static Optional<BigDecimal> parse(Field.Kind kind, String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || !units(kind).containsKey(form.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(form.group(1)).multiply(units(kind).get(form.group(2))));
    }

    /** How to write one, with its units. */
    static Phrase example(Field.Kind kind) {
        return switch (kind) {
            case TEXT, NUMBER, COUNT -> Phrase.of("a number such as 200");
            case DURATION -> Phrase.of("a number and its unit: 300ms, 2s, 1m");
            case SIZE -> Phrase.of("a number and its unit: 200MB, 512KiB, 1GB");
            case PERCENT -> Phrase.of("a number and a percent sign: 10%");
        };
    }

    static String shown(Field.Kind kind, BigDecimal value) {
        return switch (kind) {
            case TEXT, NUMBER, COUNT -> plain(value);
            case DURATION -> plain(value) + "ms";
            case SIZE -> size(value);
            case PERCENT -> plain(value) + "%";
        };
    }

    private static String size(BigDecimal bytes) {
        BigDecimal amount = bytes.abs();
        String unit =
                amount.compareTo(of(1000)) < 0
                        ? "B"
                        : amount.compareTo(of(1000_000)) < 0
                                ? "KB"
                                : amount.compareTo(of(1000_000_000)) < 0 ? "MB" : "GB";
        return plain(bytes.divide(BYTES.getOrDefault(unit, of(1)))) + unit;
    }

    /** Two places after the point are enough for people. */
    private static String plain(BigDecimal value) {
        BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
