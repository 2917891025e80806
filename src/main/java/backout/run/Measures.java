package backout.run;

import backout.check.Check;
import backout.check.Field;
import backout.check.Reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Numbers of readings as one word for the journal, and back: a baseline must outlive the process
 * that took it.
 */
final class Measures {
    private Measures() {}

    static String of(Check check, Reading reading) {
        Field field = check.condition().field();
        return switch (reading) {
            case Reading.Answered answered when field == Field.RESPONSE_TIME ->
                    Long.toString(answered.responseTime().toNanos());
            case Reading.Facts facts when facts.numbers().containsKey(field) ->
                    String.valueOf(facts.numbers().get(field));
            default -> "";
        };
    }

    static Optional<Reading> reading(Check check, String measure) {
        if (measure.isEmpty()) {
            return Optional.empty();
        }
        Field field = check.condition().field();
        return Optional.of(
                field == Field.RESPONSE_TIME
                        ? new Reading.Answered(
                                200, "", false, Duration.ofNanos(Long.parseLong(measure)))
                        : Reading.Facts.none().with(field, new BigDecimal(measure)));
    }
}
