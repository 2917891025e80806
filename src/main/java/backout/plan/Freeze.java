package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Nothing is run on a target, or on any: neither a rollback of a person nor one of the bot. What
 * has begun to switch goes on to its end.
 *
 * @param target {@link #SITE} where it is about all of them
 * @param until null where it holds until somebody thaws it
 * @param level the lowest from which others than {@code by} may thaw it, as it was said then
 */
public record Freeze(
        TargetName target,
        String by,
        Phrase why,
        Instant since,
        @Nullable Instant until,
        int level) {
    /** Stands for every target that there is, and will be; what is said of it is kept there. */
    public static final TargetName SITE = new TargetName("site", "all");

    /** The last one in the target's own stream that nobody thawed, though its time may be over. */
    public static Optional<Freeze> in(TargetName target, List<TargetEvent> events) {
        Freeze last = null;
        for (TargetEvent event : events) {
            if (event instanceof TargetEvent.Frozen it) {
                last = new Freeze(target, it.by(), it.why(), it.at(), it.until(), it.level());
            } else if (event instanceof TargetEvent.Thawed) {
                last = null;
            }
        }
        return Optional.ofNullable(last);
    }

    public boolean isOfSite() {
        return target.equals(SITE);
    }

    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** What people type for it. */
    public String named() {
        return isOfSite() ? SITE.name() : target.name();
    }

    /** Who, until when and why. */
    public Phrase says() {
        Phrase what = isOfSite() ? Phrase.of("the whole site") : Phrase.verbatim(target.toString());
        return until == null
                ? Phrase.of("{0} is frozen by {1} until somebody thaws it: {2}", what, by, why)
                : Phrase.of("{0} is frozen by {1} until {2}: {3}", what, by, until, why);
    }
}
