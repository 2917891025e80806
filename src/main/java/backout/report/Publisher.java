package backout.report;

import backout.command.Site;
import backout.problem.Problem;
import backout.problem.ProblemException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    private final List<String> announce;
    private final Journal journal;
    private final Posts posts;
    private final InstantSource clock;
    private final WordsDue words;
    private final Intake intake;
    private final Crowd crowd;
    private final Sender sender;
    private final Loop loop;
    private final Traffic traffic = new Traffic();

    /** Channels that are gone, as far as was tried, with what the chat said. */
    private final Map<String, Problem> off = new ConcurrentHashMap<>();

    /**
     * @param announce the channels that hear of what happens, as {@link Announced#of} reads them
     * @param live what steps say that are at work in this process
     */
    public Publisher(
            Room room,
            List<String> announce,
            Supplier<Site> site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer,
            LiveProgress live) {
        this.room = room;
        this.announce = Announced.channels(announce);
        this.journal = journal;
        this.posts = posts;
        this.clock = clock;
        words = new WordsDue(room.chat(), posts, journal, live);
        loop = Loop.every("publish to " + room.chat(), LOOK_EVERY, ROUND_WITHIN, this::publish);
        var untried = new HashSet<String>();
        var store = new Intake.Store(journal, outbox, posts);
        intake = new Intake(room, announce, store, post -> untried.add(post.name()), clock);
        crowd = new Crowd(room, posts, journal, clock);
        sender = new Sender(room, site, journal, clock, observer, words, intake, crowd, untried);
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

    /**
     * Whether outcomes can be announced, for operators.
     *
     * @throws ProblemException while a channel takes none
     */
    public String channels() {
        for (String channel : announce) {
            Problem problem = off.get(channel);
            if (problem != null) {
                throw new ProblemException(problem);
            }
        }
        return "no channel refuses what is announced";
    }

    /** Sends what is due now, the most urgent first; called by one thread at a time. */
    void once() {
        intake.take();
        boolean more = true;
        while (more && !loop.isStopped() && traffic.takesAnything(clock.instant())) {
            more = sendMostUrgent();
            loop.round();
            intake.take();
        }
    }

    /** One call of the chat; false when there is nothing to send now. */
    private boolean sendMostUrgent() {
        Instant now = clock.instant();
        Optional<Due> due =
                posts.lacking(room.chat()).stream()
                        .filter(post -> traffic.mayTake(post, now))
                        .map(post -> new Due(post, Run.of(journal.read(post.run()))))
                        .filter(one -> traffic.takes(one, now))
                        .filter(one -> isDue(one, now))
                        .min(
                                Comparator.comparing((Due one) -> !one.isUrgent())
                                        .thenComparing(Due::call)
                                        .thenComparing(one -> traffic.lastSent(one.post())));
        due.ifPresent(one -> send(one, () -> sender.next(one.post(), one.run())));
        return due.isPresent() || sendWord(now);
    }

    private boolean isDue(Due due, Instant now) {
        return due.isUrgent() || traffic.takesProgress(due.post(), PROGRESS_EVERY, now);
    }

    /** What a step at work says of itself, when nothing else is to be sent. */
    private boolean sendWord(Instant now) {
        Optional<Due> due =
                Stream.concat(words.cards(), crowd.cards())
                        .filter(one -> traffic.takes(one, now))
                        .filter(one -> traffic.takesProgress(one.post(), WORD_EVERY, now))
                        .filter(one -> sender.isNews(one.post(), one.run()))
                        .findFirst();
        due.ifPresent(one -> send(one, () -> sender.edited(one.post(), one.run())));
        return due.isPresent();
    }

    /** What one call of the chat makes of a post. */
    private interface Sending {
        Post sent() throws Room.Later, Room.Refused;
    }

    private void send(Due due, Sending sending) {
        Post post = due.post();
        Instant now = clock.instant();
        if (post.address().isPresent()) {
            traffic.sent(post, !due.isUrgent(), now);
        }
        try {
            Post sent = sending.sent();
            if (!sent.equals(post)) {
                posts.keep(sent);
            }
            traffic.took(due);
            off.remove(post.place().channel());
            if (!sent.over().isEmpty()) {
                traffic.forget(post);
            }
        } catch (Room.Later later) {
            rests(due, later, now);
        } catch (Room.Refused refused) {
            log.warn("{} cannot be sent to {}: {}", post.name(), room.chat(), refused.problem());
            refused.untilMended()
                    .ifPresentOrElse(later -> rests(due, later, now), () -> giveUp(due, refused));
        }
    }

    private void rests(Due due, Room.Later later, Instant now) {
        Duration wait = traffic.rests(due, later, now);
        String where = later.place().isEmpty() ? room.chat() : later.place();
        log.info("{} takes nothing for {}: {}", where, wait, later.getMessage());
    }

    private void giveUp(Due due, Room.Refused refused) {
        refused(due, refused);
        posts.keep(due.post().over(refused.problem().toString()));
        traffic.forget(due.post());
    }

    /** Kept before the message is given up: who dies between the two does this again. */
    private void refused(Due due, Room.Refused refused) {
        Post post = due.post();
        boolean isThread = post.place().isThread();
        if (refused.gone() == Room.Gone.CHANNEL && !isThread) {
            off.put(post.place().channel(), refused.problem());
        }
        boolean deleted = refused.gone() == Room.Gone.MESSAGE && post.address().isPresent();
        boolean isAllTold = due.run().outcome().isPresent() && post.told() >= due.run().version();
        if ((deleted || isThread) && (isAllTold || showsOtherwise(post, deleted))) {
            return;
        }
        sender.tellWhoAsked(post, due.run(), refused.problem());
    }

    private boolean showsOtherwise(Post post, boolean deleted) {
        return deleted ? intake.showAnew(post) : intake.showAbove(post);
    }
}
