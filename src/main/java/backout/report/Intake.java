package backout.report;

import backout.chat.Place;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.Outbox;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Turns new rows of the outbox into messages that are to be sent to one chat: the card where the
 * command was typed, and where nobody else reads that in this chat, in the channels that hear of
 * outcomes: whoever may approve reads those.
 */
final class Intake {
    /** An outcome that is older is no news any more. */
    static final Duration NEWS = Duration.ofHours(1);

    private static final int ROWS = 500;

    private final Room room;
    private final List<Announced> announce;
    private final Store store;
    private final Consumer<Post> begun;
    private final InstantSource clock;

    /** Where it is kept what happened and what is told of it. */
    record Store(Journal journal, Outbox outbox, Posts posts) {}

    /**
     * @param announce the channels that hear of what happens, as {@link Announced#of} reads them
     * @param begun is given each message whose intent is kept by this
     */
    Intake(
            Room room,
            List<String> announce,
            Store store,
            Consumer<Post> begun,
            InstantSource clock) {
        this.room = room;
        this.announce = Announced.all(announce);
        this.store = store;
        this.begun = begun;
        this.clock = clock;
    }

    void take() {
        List<Outbox.Row> rows;
        do {
            rows = store.outbox().due(room.chat(), ROWS);
            rows.forEach(this::begin);
            if (!rows.isEmpty()) {
                store.outbox().delivered(room.chat(), rows.getLast().id());
            }
        } while (rows.size() == ROWS);
    }

    private void begin(Outbox.Row row) {
        List<RunEvent> events = store.journal().read(row.run());
        switch (events.get(row.seq() - 1)) {
            case RunEvent.Requested requested ->
                    places(requested, Run.of(events))
                            .forEach(place -> begin(row.run(), Kind.CARD, place));
            case RunEvent.Finished finished
                    when finished.at().plus(NEWS).isAfter(clock.instant()) ->
                    announced(Run.of(events), Happening.OUTCOME)
                            .forEach(place -> begin(row.run(), Kind.ANNOUNCEMENT, place));
            default -> {}
        }
    }

    private List<Place> places(RunEvent.Requested requested, Run run) {
        Place typed = Place.of(requested.place());
        boolean here = typed.chat().equals(room.chat());
        if (here && !room.isDirect(typed.channel())) {
            return List.of(typed);
        }
        Happening what =
                new Announcement(run).isProposed() ? Happening.PROPOSAL : Happening.REQUEST;
        Stream<Place> elsewhere = mayBeVotedOn(run) ? announced(run, what) : Stream.empty();
        return Stream.concat(here ? Stream.of(typed) : Stream.empty(), elsewhere).toList();
    }

    /** Nobody can do anything any more about what is over: its outcome is enough. */
    private static boolean mayBeVotedOn(Run run) {
        return run.outcome().isEmpty();
    }

    /** The card cannot be shown where the command was typed; those who may approve are called. */
    void showElsewhere(Run run) {
        if (mayBeVotedOn(run)) {
            announced(run, Happening.REQUEST).forEach(place -> begin(run.id(), Kind.CARD, place));
        }
    }

    /**
     * Its message is gone, and another is to be posted in its place.
     *
     * @return false where that was done before: whoever deletes it again means it
     */
    boolean showAnew(Post post) {
        return showAnew(post, post.place());
    }

    /**
     * The thread that its card was to be in, or is in, takes nothing: it stands in the channel.
     *
     * @return false where that was done before
     */
    boolean showAbove(Post post) {
        if (post.address().isPresent()) {
            return showAnew(post, post.place().outer());
        }
        store.posts().keep(intent(post.run(), Kind.CARD, post.place().outer()));
        return true;
    }

    private boolean showAnew(Post post, Place place) {
        return post.kind() == Kind.CARD && begin(post.run(), Kind.RENEWED, place);
    }

    /**
     * Its card is posted in this thread, and nowhere else.
     *
     * @return false where that was tried before, and the thread took nothing
     */
    boolean showBelow(Post post, Place thread) {
        return begin(post.run(), Kind.CARD, thread)
                || store.posts().open(room.chat()).stream()
                        .filter(other -> other.run().equals(post.run()))
                        .anyMatch(other -> other.place().equals(thread));
    }

    /** Whether this card stands where outcomes are announced, because its own channel is gone. */
    boolean isMoved(Post post, Run run) {
        Place typed = Place.of(run.request().place());
        return post.kind() == Kind.CARD
                && typed.chat().equals(room.chat())
                && !room.isDirect(typed.channel())
                && !typed.equals(post.place().outer());
    }

    private Stream<Place> announced(Run run, Happening what) {
        return announce.stream()
                .filter(one -> one.wants().hears(what, run.request().targets()))
                .map(one -> new Place(room.chat(), one.channel()))
                .distinct();
    }

    private boolean begin(RunId run, Kind kind, Place place) {
        Post post = intent(run, kind, place);
        boolean isNew = store.posts().begin(post);
        if (isNew) {
            begun.accept(post);
        }
        return isNew;
    }

    private static Post intent(RunId run, Kind kind, Place place) {
        return new Post(run, kind, place, Optional.empty(), 0, 0, "");
    }
}
