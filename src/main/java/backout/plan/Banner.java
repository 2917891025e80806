package backout.plan;

import backout.language.Phrase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the users of a service are told of it: put up by a run, taken down by a person.
 *
 * @param says what their own users may notice
 * @param since when it was put up
 */
public record Banner(Phrase says, Instant since) {
    /** The setting of targets whose banner anybody may read. */
    public static final String SETTING = "status-page";

    /** While it is being switched. */
    public static Banner underWay(Instant since) {
        return new Banner(
                Phrase.of("We are restoring the service; it may be interrupted for a moment."),
                since);
    }

    /**
     * What the last rollback that was proven left, unless somebody took it down since.
     *
     * @param sort of the target's kind
     */
    public static Optional<Banner> of(Remedy.Sort sort, List<TargetEvent> events) {
        return upSince(events).map(since -> new Banner(after(sort), since));
    }

    /** Since when it is up; empty where none is. */
    public static Optional<Instant> upSince(List<TargetEvent> events) {
        Optional<Instant> up = Optional.empty();
        for (TargetEvent event : events) {
            if (event instanceof TargetEvent.Locked lock && !lock.run().isEmpty()) {
                up = Optional.of(lock.at());
            } else if (isDown(event)) {
                up = Optional.empty();
            }
        }
        return up;
    }

    private static Phrase after(Remedy.Sort sort) {
        return sort == Remedy.Sort.STANDBY
                ? Phrase.of(
                        "The system has switched to its standby; some users may have to sign in"
                                + " again.")
                : Phrase.of(
                        "The system is back at its last stable release; some users may have to"
                                + " sign in again.");
    }

    /** What goes forward again is told of no more: a person asked for that. */
    private static boolean isDown(TargetEvent event) {
        return event instanceof TargetEvent.BannerLifted
                || (event instanceof TargetEvent.Unlocked open && open.by().equals("backout"));
    }
}
