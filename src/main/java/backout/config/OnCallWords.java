package backout.config;

import backout.approval.Rotation;
import backout.approval.StandIns.StandIn;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in which it is written who is on call when. */
final class OnCallWords {
    private static final Pattern ROTATION =
            Pattern.compile(
                    "\\[([^\\]]+)\\] every (\\d{1,3})d from (\\S+) (\\S+?)"
                            + "(?: on ([a-z]{3})-([a-z]{3}))?");

    private static final Pattern STAND_IN = Pattern.compile("(\\S+) from (\\S+) to (\\S+)");
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private OnCallWords() {}

    /** {@code [li, ben] every 7d from 2026-11-02T09:00 Asia/Shanghai on mon-fri} */
    static Optional<Rotation> rotation(String text) {
        Matcher match = ROTATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Rotation(
                            List.of(match.group(1).strip().split(" *, *")),
                            Integer.parseInt(match.group(2)),
                            LocalDateTime.parse(match.group(3)),
                            ZoneId.of(match.group(4)),
                            days(match)));
        } catch (DateTimeException | IllegalArgumentException noRotation) {
            return Optional.empty();
        }
    }

    private static Set<DayOfWeek> days(Matcher match) {
        if (match.group(5) == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        return EnumSet.range(day(match.group(5)), day(match.group(6)));
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.of(DAYS.indexOf(name) + 1);
    }

    static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException noZone) {
            return Optional.empty();
        }
    }

    /** {@code ben from 2026-12-24T09:00 to 2026-12-27T09:00}; empty too when it ends first. */
    static Optional<StandIn> standIn(String text, ZoneId zone) {
        Matcher match = STAND_IN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var from = LocalDateTime.parse(match.group(2)).atZone(zone).toInstant();
            var to = LocalDateTime.parse(match.group(3)).atZone(zone);
            return Optional.of(
                            new StandIn(
                                    match.group(1),
                                    from,
                                    to.withLaterOffsetAtOverlap().toInstant()))
                    .filter(one -> one.from().isBefore(one.to()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
