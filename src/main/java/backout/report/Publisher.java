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
     */
    public Publisher(
            Room room,
            List<String> announce,
            Site site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this.room = room;
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
        due.ifPresent(this::send);
        return due.isPresent();
    }

    private boolean isDue(Due due) {
        Instant last = lastSent.getOrDefault(name(due.post()), Instant.MIN);
        boolean waited = !clock.instant().isBefore(last.plus(PROGRESS_EVERY));
        return due.isUrgent() || waited;
    }

    private void send(Due due) {
        String name = name(due.post());
        try {
            Post sent = next(due.post(), due.run());
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
            Message message = Card.of(run, site, clock.instant(), journal);
            if (!message.equals(lastShown.get(name(post)))) {
                room.counted(observer, "edit", () -> room.edit(channel, address, message));
                lastShown.put(name(post), message);
            }
            return post.shown(run.version());
        }
        if (post.told() < run.version()) {
            Optional<Message> news = News.since(run, post.told(), site);
            if (news.isPresent()) {
                room.counted(observer, "reply", () -> room.reply(channel, address, news.get()));
            }
            offerChoice(post, run);
            return post.told(run.version());
        }
        return forget(post);
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
                        ? Card.of(run, site, clock.instant(), journal)
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
        boolean offered = run.outcome().isPresent() && isWhereItWasTyped(post, run);
        Optional<Message> choice =
                offered
                        ? Choice.of(run, Ledger.of(journal.read(run.request().target())))
                        : Optional.empty();
        if (choice.isPresent()) {
            String channel = post.place().channel();
            room.counted(
                    observer,
                    "whisper",
                    () -> room.whisper(channel, run.requester(), choice.get()));
        }
    }

    private static String name(Post post) {
        return post.key() + "@" + post.place().text();
    }
}
