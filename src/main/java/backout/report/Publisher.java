package backout.report;

import backout.chat.Message;
import backout.chat.Place;
import backout.command.Site;
import backout.plan.Ledger;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.LiveProgress;
import backout.run.Loop;
import backout.run.Observer;
import backout.run.Outbox;
import backout.run.Run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps one chat's cards as the journal is: posts them where {@link Intake} says, edits them in
 * place, tells their threads, announces outcomes. Everything is sent from the journal as it is at
 * that moment, so what could not be sent for a while becomes one edit, and a restart loses nothing.
 * What waits for people and what is over goes before progress.
 */
public final class Publisher {
    /** Progress of one card is shown no more often: Slack lets an app edit 50 times a minute. */
    static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    /** A pull says something for minutes, and several may at once. */
    static final Duration WORD_EVERY = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** One call has a deadline of seconds; the journal's lock takes no longer. */
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final Room room;
    private final Site site;
    private final Journal journal;
    private final Posts posts;
    private final InstantSource clock;
    private final Observer observer;
    private final WordsDue words;
    private final Intake intake;

    /** Messages that may have been posted although no answer came: looked for first. */
    private final Set<String> mayBeThere = new HashSet<>();

    /** Messages whose intent this process kept and that it has not tried to post yet. */
    private final Set<String> untried = new HashSet<>();

    private final Map<String, Message> lastShown = new HashMap<>();
    private final Map<String, Instant> lastSent = new HashMap<>();
    private final Loop loop;
    private final BackOff backOff = new BackOff();

    /**
     * @param announce ids of channels in which outcomes are announced
     * @param live what steps say that are at work in this process
     */
    public Publisher(
            Room room,
            List<String> announce,
            Site site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer,
            LiveProgress live) {
        this.room = room;
        this.words = new WordsDue(room.chat(), posts, journal, live);
        this.observer = observer;
        this.site = site;
        this.journal = journal;
        this.posts = posts;
        this.clock = clock;
        this.loop =
                Loop.every("publish to " + room.chat(), LOOK_EVERY, ROUND_WITHIN, this::publish);
        this.intake =
                new Intake(
                        room,
                        announce,
                        new Intake.Store(journal, outbox, posts),
                        post -> untried.add(name(post)),
                        clock);
    }

    /** Begins, in a thread of its own; called once. */
    public Loop start() {
        return loop.start();
    }

    /** Sends nothing more; what is being sent goes on for as long as its deadline. */
    public void stop() {
        loop.stop();
    }

    private void publish() {
        try {
            once();
        } catch (ProblemException e) {
            log.warn("nothing can be told to {} now: {}", room.chat(), e.problem());
        } catch (RuntimeException e) {
            log.error("telling {}: our own fault", room.chat(), e);
        }
    }

    /** Sends what is due now, the most urgent first; called by one thread at a time. */
    void once() {
        intake.take();
        boolean more = true;
        while (more && !loop.isStopped() && backOff.isOver(clock.instant())) {
            more = sendMostUrgent();
            loop.round();
            intake.take();
        }
    }

    /** One call of the chat; false when there is nothing to send now. */
    private boolean sendMostUrgent() {
        Optional<Due> due =
                posts.lacking(room.chat()).stream()
                        .map(post -> new Due(post, Run.of(journal.read(post.run()))))
                        .filter(this::isDue)
                        .min(Comparator.comparing(one -> !one.isUrgent()));
        due.ifPresent(one -> send(one, () -> next(one.post(), one.run())));
        return due.isPresent() || sendWord();
    }

    /** What a step at work says of itself, when nothing else is to be sent. */
    private boolean sendWord() {
        Optional<Due> due =
                words.cards()
                        .filter(one -> hasPassed(one.post(), WORD_EVERY))
                        .filter(one -> !card(one.run()).equals(lastShown.get(name(one.post()))))
                        .findFirst();
        due.ifPresent(one -> send(one, () -> edited(one.post(), one.run())));
        return due.isPresent();
    }

    private boolean isDue(Due due) {
        return due.isUrgent() || hasPassed(due.post(), PROGRESS_EVERY);
    }

    private boolean hasPassed(Post post, Duration pause) {
        Instant last = lastSent.getOrDefault(name(post), Instant.MIN);
        return !clock.instant().isBefore(last.plus(pause));
    }

    /** What one call of the chat makes of a post. */
    private interface Sending {
        Post sent() throws Room.Later, Room.Refused;
    }

    private void send(Due due, Sending sending) {
        String name = name(due.post());
        try {
            Post sent = sending.sent();
            if (!sent.equals(due.post())) {
                posts.keep(sent);
            }
            backOff.forget();
        } catch (Room.Later later) {
            Duration wait = backOff.begin(later.after(), clock.instant());
            log.info("{} takes nothing for {}: {}", room.chat(), wait, later.getMessage());
        } catch (Room.Refused refused) {
            log.warn("{} cannot be sent to {}: {}", name, room.chat(), refused.problem());
            posts.keep(due.post().over(refused.problem().toString()));
            tellWhoAsked(due, refused.problem());
        }
        if (due.post().address().isPresent()) {
            lastSent.put(name, clock.instant());
        }
    }

    private void tellWhoAsked(Due due, Problem problem) {
        boolean over = due.run().outcome().isPresent() && due.post().address().isPresent();
        boolean typedHere = isWhereItWasTyped(due.post(), due.run());
        if (due.post().kind() != Kind.CARD || !typedHere || over) {
            return;
        }
        intake.showElsewhere(due.run());
        try {
            Message unseen = News.unseen(due.run(), problem);
            room.counted(observer, "direct", () -> room.direct(due.run().requester(), unseen));
        } catch (Room.Later | Room.Refused e) {
            log.warn("{} was not told either: {}", due.run().requester(), e.getMessage());
        }
    }

    private static boolean isWhereItWasTyped(Post post, Run run) {
        return Place.of(run.request().place()).equals(post.place());
    }

    /** The next thing that this message lacks, sent. */
    private Post next(Post post, Run run) throws Room.Later, Room.Refused {
        if (post.address().isEmpty()) {
            return posted(post, run);
        }
        String channel = post.place().channel();
        String address = post.address().get();
        if (post.shown() < run.version()) {
            return edited(post, run);
        }
        if (post.told() < run.version()) {
            Optional<Message> news = News.since(run, post.told(), site, clock.instant());
            if (news.isPresent()) {
                boolean loud = Calling.escalates(run, post.told());
                Message says = news.get();
                room.counted(observer, "reply", () -> room.tell(channel, address, says, loud));
            }
            offerChoice(post, run);
            return post.told(run.version());
        }
        return forget(post);
    }

    private Post edited(Post post, Run run) throws Room.Later, Room.Refused {
        Message message = card(run);
        if (!message.equals(lastShown.get(name(post)))) {
            String channel = post.place().channel();
            String address = post.address().orElseThrow();
            room.counted(observer, "edit", () -> room.edit(channel, address, message));
            lastShown.put(name(post), message);
        }
        return post.shown(run.version());
    }

    private Message card(Run run) {
        Message card = Card.of(run, site, clock.instant(), journal);
        return LiveNote.over(card, run, words.live().of(run.id()));
    }

    private Post forget(Post post) {
        lastShown.remove(name(post));
        lastSent.remove(name(post));
        return post.over("done");
    }

    /** What is looked for is found even when it was posted by a process that died right after. */
    private Post posted(Post post, Run run) throws Room.Later, Room.Refused {
        String channel = post.place().channel();
        boolean mayBe = mayBeThere.contains(name(post)) || !untried.contains(name(post));
        untried.remove(name(post));
        if (mayBe) {
            Optional<String> found =
                    room.answered(observer, "find", () -> room.find(channel, post.key()));
            if (found.isPresent()) {
                mayBeThere.remove(name(post));
                Post there = post.at(found.get());
                return post.kind() == Kind.CARD ? there : there.over("done");
            }
        }
        Message message =
                post.kind() == Kind.CARD
                        ? card(run)
                        : News.outcome(run, run.outcome().orElseThrow(), clock.instant());
        mayBeThere.add(name(post));
        String address =
                room.answered(observer, "post", () -> room.post(channel, post.key(), message));
        mayBeThere.remove(name(post));
        lastShown.put(name(post), message);
        Post there = post.at(address).shown(run.version());
        return post.kind() == Kind.CARD ? there : there.over("done");
    }

    private void offerChoice(Post post, Run run) throws Room.Later, Room.Refused {
        if (run.outcome().isEmpty() || !isWhereItWasTyped(post, run)) {
            return;
        }
        Optional<Message> choice = Choice.of(run, Ledger.of(journal.read(run.request().target())));
        if (choice.isPresent()) {
            String channel = post.place().channel();
            String to = run.requester();
            room.counted(observer, "whisper", () -> room.whisper(channel, to, choice.get()));
        }
    }

    private static String name(Post post) {
        return post.key() + "@" + post.place().text();
    }
}
