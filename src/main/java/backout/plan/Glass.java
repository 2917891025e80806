package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that somebody had begin without the votes that its policy asks for. Whoever did it cannot
 * do so again before somebody else has looked at it.
 *
 * @param run its id
 * @param level the lowest that may review it
 * @param since when it was broken first
 * @param review null while nobody did
 */
public record Glass(
        String run,
        TargetName target,
        String by,
        String reason,
        int level,
        Instant since,
        TargetEvent.@Nullable GlassReviewed review) {
    /** All of the site, the oldest first; {@code events} are those of {@link Freeze#SITE}. */
    public static List<Glass> in(List<TargetEvent> events) {
        Map<String, Glass> all = new LinkedHashMap<>();
        for (TargetEvent event : events) {
            switch (event) {
                case TargetEvent.GlassBroken it -> all.merge(key(it), of(it), Glass::again);
                case TargetEvent.GlassReviewed it ->
                        all.replaceAll(
                                (_, glass) -> glass.isOf(it.run()) ? glass.closed(it) : glass);
                default -> {}
            }
        }
        return new ArrayList<>(all.values());
    }

    private static String key(TargetEvent.GlassBroken event) {
        return event.run() + " " + event.by();
    }

    private static Glass of(TargetEvent.GlassBroken event) {
        return new Glass(
                event.run(),
                event.target(),
                event.by(),
                event.reason(),
                event.level(),
                event.at(),
                null);
    }

    /** For a plan that was made anew it is said again, and is one thing to look at. */
    private static Glass again(Glass first, Glass again) {
        return again.since(first.since);
    }

    private Glass since(Instant first) {
        return new Glass(run, target, by, reason, level, first, review);
    }

    /** The first review counts. */
    private Glass closed(TargetEvent.GlassReviewed by) {
        return isOpen() ? new Glass(run, target, this.by, reason, level, since, by) : this;
    }

    private boolean isOf(String id) {
        return run.equals(id);
    }

    /** Who began what without its votes, and why. */
    public Phrase says() {
        return Phrase.of(
                "{0} had run {1} of {2} begin without the missing votes: {3}",
                by, run, target, reason);
    }

    /** Who reviews it and how. */
    public Phrase toClose() {
        return Phrase.of(
                "to be reviewed by somebody else from L{0} on: review {1} because REASON",
                level, run);
    }

    public boolean isOpen() {
        return review == null;
    }

    /** The one that keeps this person from having another run begin so; empty where none does. */
    public static Optional<Glass> owed(List<TargetEvent> events, String person, String run) {
        return in(events).stream()
                .filter(Glass::isOpen)
                .filter(glass -> glass.by.equals(person) && !glass.isOf(run))
                .findFirst();
    }
}
