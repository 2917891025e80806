package backout.report;

import static java.util.stream.Collectors.toSet;

import backout.chat.Block;
import backout.chat.Place;
import backout.language.Phrase;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Many runs at once in one channel: the first few have their cards in it, further ones in the
 * thread below the latest of those, which lists them. So a channel in which people talk stays one.
 * One thread at a time.
 */
final class Crowd {
    /** Cards of one minute that a channel takes side by side. */
    static final int MOST = 3;

    static final Duration AT_ONCE = Duration.ofMinutes(1);

    private final Room room;
    private final Posts posts;
    private final Journal journal;
    private final InstantSource clock;

    /** Whether any card may list others: after a start nobody knows. */
    private boolean any = true;

    /** When those were asked for whose cards are open. */
    private final Map<RunId, Instant> asked = new HashMap<>();

    /** Who was told of which thread. */
    private final Set<String> told = new HashSet<>();

    Crowd(Room room, Posts posts, Journal journal, InstantSource clock) {
        this.room = room;
        this.posts = posts;
        this.journal = journal;
        this.clock = clock;
    }

    /** Where the card of a run is rather posted than where it was meant to be. */
    Optional<Place> instead(Post post, Run run) {
        String channel = post.place().channel();
        if (post.kind() != Kind.CARD || post.place().isThread() || room.isDirect(channel)) {
            return Optional.empty();
        }
        Optional<Place> begun = begun(post);
        if (begun.isPresent()) {
            return begun;
        }
        Instant since = asked(run).minus(AT_ONCE);
        List<Post> open = open();
        asked.keySet().retainAll(open.stream().map(Post::run).collect(toSet()));
        List<Post> others =
                open.stream()
                        .filter(other -> other.place().outer().equals(post.place()))
                        .filter(other -> !other.run().equals(run.id()))
                        .filter(other -> askedOf(other).isAfter(since))
                        .toList();
        if (others.size() < MOST) {
            return Optional.empty();
        }
        any = true;
        Post last = others.getLast();
        return Optional.of(
                last.place().isThread()
                        ? last.place()
                        : last.place().below(last.address().orElseThrow()));
    }

    /** Where somebody began to move it and died. */
    private Optional<Place> begun(Post post) {
        return posts.open(room.chat()).stream()
                .filter(other -> other.run().equals(post.run()) && other.kind() == Kind.CARD)
                .map(Post::place)
                .filter(place -> place.isThread() && place.outer().equals(post.place()))
                .findFirst();
    }

    /**
     * Whether this person hears of that thread for the first time, as far as this process knows.
     */
    boolean isNew(Place thread, String person) {
        return !told.contains(thread.text() + " " + person);
    }

    void told(Place thread, String person) {
        told.add(thread.text() + " " + person);
    }

    private static Instant asked(Run run) {
        return run.events().getFirst().at();
    }

    /** Read once: hundreds may wait in a channel when one more is asked for. */
    private Instant askedOf(Post post) {
        return asked.computeIfAbsent(post.run(), _ -> asked(read(post)));
    }

    private Run read(Post post) {
        return Run.of(journal.read(post.run()));
    }

    /** What a card says of those in the thread below it, where there are any. */
    Optional<Block> listed(Post post, Run run) {
        if (!any) {
            return Optional.empty();
        }
        List<Run> below = below(post, open()).map(this::read).toList();
        if (below.isEmpty()) {
            return Optional.empty();
        }
        Phrase title =
                Phrase.count(
                        below.size(),
                        "{0} more run, its card is in the thread below",
                        "{0} more runs, their cards are in the thread below");
        return Optional.of(
                run.outcome().isPresent()
                        ? new Block.Small(title)
                        : new Block.Lines(title, below.stream().map(this::line).toList()));
    }

    private Block.Line line(Run run) {
        return new Block.Line(
                Block.Mark.RUNNING,
                Phrase.of("{0}  {1}, by {2}", run.id(), run.request().words(), run.requester()),
                state(run));
    }

    /** Without a time that runs: the list is shown anew only when it says something else. */
    private Phrase state(Run run) {
        return switch (run.next(clock.instant())) {
            case Next.Wait(Instant _, Phrase what) -> Phrase.of("waits for {0}", what);
            case Next.Soak _ -> Phrase.of("proven, soaking");
            case Next.Halt(Phrase why) -> Phrase.of("halted: {0}", why);
            default -> Phrase.of("at work");
        };
    }

    /** The oldest first. */
    private List<Post> open() {
        return posts.open(room.chat()).stream()
                .filter(post -> post.kind().isCard() && post.address().isPresent())
                .toList();
    }

    /** Whether several runs are told of in one thread: the one that it is in, or has below it. */
    boolean isShared(Post post) {
        return post.place().isThread() || (any && below(post, open()).findAny().isPresent());
    }

    private static Stream<Post> below(Post post, List<Post> open) {
        Optional<Place> thread = post.address().map(post.place()::below);
        return open.stream().filter(one -> thread.filter(one.place()::equals).isPresent());
    }

    /** The cards that list others; while none does it costs nothing. */
    Stream<Due> cards() {
        if (!any) {
            return Stream.empty();
        }
        List<Post> open = open();
        List<Due> listing =
                open.stream()
                        .filter(post -> below(post, open).findAny().isPresent())
                        .map(post -> new Due(post, read(post)))
                        .toList();
        any = !listing.isEmpty();
        if (!any) {
            told.clear();
        }
        return listing.stream().filter(due -> due.post().shown() == due.run().version());
    }
}
