package backout.run;

import backout.check.Check;
import backout.check.Field;
import backout.check.Reading;

import java.time.Duration;
import java.util.Optional;

/**
 * What of a reading goes into the journal, as one word, and back: a baseline must outlive the
 * process that took it. A response time is kept in nanoseconds, as older journals have it.
 */
final class Measures {
    private Measures() {}

    static String of(Check check, Reading reading) {
        return reading instanceof Reading.Answered answered && isTime(check)
                ? Long.toString(answered.responseTime().toNanos())
                : check.measure(reading);
    }

    static Optional<Reading> reading(Check check, String measure) {
        if (measure.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isTime(check)
                        ? new Reading.Answered(
                                200, "", false, Duration.ofNanos(Long.parseLong(measure)))
                        : new Reading.Remembered(measure));
    }

    private static boolean isTime(Check check) {
        return check.condition().field() == Field.RESPONSE_TIME;
    }
}
