package backout.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;

/**
 * The wall clock of a time zone, one of the world's or one that a file defines itself. An hour that
 * is there twice is meant when it comes first; one that is left out, when the clocks have jumped
 * over it.
 */
record WallZone(TimeZone zone) {
    private static final Duration DAY = Duration.ofDays(1);

    LocalDateTime wall(Instant when) {
        return LocalDateTime.ofInstant(when, offset(when));
    }

    Instant instant(LocalDateTime wall) {
        Instant asUtc = wall.toInstant(ZoneOffset.UTC);
        ZoneOffset before = offset(asUtc.minus(DAY));
        return List.of(before, offset(asUtc.plus(DAY))).stream()
                .filter(one -> offset(wall.toInstant(one)).equals(one))
                .map(wall::toInstant)
                .min(Instant::compareTo)
                .orElseGet(() -> wall.toInstant(before));
    }

    private ZoneOffset offset(Instant when) {
        long millis = zone.getOffset(when.toEpochMilli());
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(millis / 1000));
    }
}
