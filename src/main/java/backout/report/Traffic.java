package backout.report;

import backout.report.Posts.Post;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What one chat takes now. A channel that takes no more edits for a while delays neither its own
 * new cards nor another channel; and progress leaves room in each channel for what people wait for.
 * One thread at a time.
 */
final class Traffic {
    private final BackOff all = new BackOff();
    private final Map<String, BackOff> places = new HashMap<>();
    private final Map<String, Instant> last = new HashMap<>();

    boolean takesAnything(Instant now) {
        return all.isOver(now);
    }

    /** Whether anything of this message may be taken, as far as is known without its run. */
    boolean mayTake(Post post, Instant now) {
        return post.address().isPresent()
                || isOver(key(Due.Call.POST, post.place().channel()), now);
    }

    boolean takes(Due due, Instant now) {
        return due.places().allMatch(place -> isOver(key(due.call(), place), now));
    }

    private boolean isOver(String key, Instant now) {
        BackOff rest = places.get(key);
        return rest == null || rest.isOver(now);
    }

    /**
     * Leaves alone what the chat wants to be left alone, at least the channel of this message.
     *
     * @return for how long
     */
    Duration rests(Due due, Room.Later later, Instant now) {
        if (later.place().isEmpty()) {
            return all.begin(later.after(), now);
        }
        String place =
                due.places()
                        .filter(later.place()::equals)
                        .findFirst()
                        .orElse(due.post().place().channel());
        return places.computeIfAbsent(key(due.call(), place), _ -> new BackOff())
                .begin(later.after(), now);
    }

    void took(Due due) {
        all.forget();
        due.places().forEach(place -> places.remove(key(due.call(), place)));
    }

    private static String key(Due.Call call, String place) {
        return call + " " + place;
    }

    /** Something was sent to this message; {@code progress} counts against its channel too. */
    void sent(Post post, boolean progress, Instant now) {
        last.put(post.name(), now);
        if (progress) {
            last.put(post.place().text(), now);
        }
    }

    /** When something was last sent to this message. */
    Instant lastSent(Post post) {
        return last.getOrDefault(post.name(), Instant.MIN);
    }

    /** Whether progress may be shown after a pause of that message, and a short one of others. */
    boolean takesProgress(Post post, Duration pause, Instant now) {
        Instant others = last.getOrDefault(post.place().text(), Instant.MIN);
        return !now.isBefore(after(lastSent(post), pause))
                && !now.isBefore(after(others, Publisher.PROGRESS_EVERY));
    }

    private static Instant after(Instant then, Duration pause) {
        return then.equals(Instant.MIN) ? then : then.plus(pause);
    }

    void forget(Post post) {
        last.remove(post.name());
    }
}
