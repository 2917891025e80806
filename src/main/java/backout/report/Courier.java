package backout.report;

import backout.language.Language;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Observer;
import backout.run.Outbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells one receiver what happened, in a thread of its own: nobody who is called waits for it. What
 * is not told yet is told after a restart, or when the receiver takes something again; each is told
 * once, but for a process that dies between telling and noting it: a receiver that knows the same
 * {@link Notice#id} again drops the second.
 */
public final class Courier {
    /** Nobody wants to hear later than that what nobody would take so long. */
    static final Duration KEPT = Duration.ofDays(3);

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(3);
    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private final To to;
    private final InstantSource clock;
    private final Observer observer;
    private final Untold untold;
    private final Loop loop;
    private final BackOff rest;
    private Instant next = Instant.MIN;

    /** Whether the next message holds one notice only, to find the one that is not taken. */
    private boolean alone;

    private volatile Optional<Problem> trouble = Optional.empty();

    /**
     * Who is told what.
     *
     * @param name as the configuration names it; its face of the outbox
     */
    public record To(String name, Receiver receiver, Wants wants, Language language) {}

    /** Tells nothing yet; its face must have joined the outbox. */
    public Courier(
            To to,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this.to = to;
        this.clock = clock;
        this.observer = observer;
        this.untold = new Untold(to, journal, outbox, posts, clock);
        this.rest = new BackOff(to.receiver().patience(), LONGEST);
        this.loop = Loop.every("tell " + to.name(), LOOK_EVERY, ROUND_WITHIN, this::tell);
    }

    /** Its thread, not begun; stopped, it sends nothing more than what it is sending. */
    public Loop loop() {
        return loop;
    }

    /**
     * Whether it takes what it is told, for operators.
     *
     * @throws ProblemException while it takes nothing
     */
    public String state() {
        Optional<Problem> why = trouble;
        if (why.isPresent()) {
            throw new ProblemException(why.get());
        }
        return "nothing was refused";
    }

    private void tell() {
        try {
            once();
        } catch (ProblemException e) {
            log.warn("nothing can be told to {} now: {}", to.name(), e.problem());
        } catch (RuntimeException e) {
            log.error("telling {}: our own fault", to.name(), e);
        }
    }

    /** Tells what is due now; called by one thread at a time. */
    void once() {
        untold.take();
        boolean more = true;
        while (more && !loop.isStopped() && isReady()) {
            List<Untold.Item> items = untold.items(alone ? 1 : to.receiver().most());
            more = !items.isEmpty();
            if (more) {
                send(items);
                loop.round();
            }
        }
    }

    private boolean isReady() {
        Instant now = clock.instant();
        return rest.isOver(now) && !now.isBefore(next);
    }

    private void send(List<Untold.Item> items) {
        List<Notice> notices = items.stream().map(item -> item.notice().in(to.language())).toList();
        var result = Observer.Delivery.LATER;
        try {
            to.receiver().tell(notices);
            result = Observer.Delivery.OK;
            items.forEach(Untold.Item::isTold);
            rest.forget();
            trouble = Optional.empty();
            alone = false;
            next = clock.instant().plus(to.receiver().pace());
        } catch (Room.Later later) {
            Duration wait = rest.begin(later.after(), clock.instant());
            log.info("{} takes nothing for {}: {}", to.name(), wait, later.getMessage());
        } catch (Room.Refused refused) {
            result = Observer.Delivery.REFUSED;
            refused(items, refused);
        } finally {
            observer.delivered(to.name(), "tell", result);
        }
    }

    /** What is wrong with the receiver is mended one day; what is wrong with one message never. */
    private void refused(List<Untold.Item> items, Room.Refused refused) {
        if (refused.gone() != Room.Gone.MESSAGE) {
            Duration wait = rest.begin(Duration.ZERO, clock.instant());
            log.warn("{} takes nothing for {}: {}", to.name(), wait, refused.problem());
            trouble = Optional.of(refused.problem());
        } else if (items.size() > 1) {
            alone = true;
        } else {
            log.warn("{} was not told: {}", to.name(), refused.problem());
            items.forEach(item -> item.isNever(refused.problem().toString()));
            alone = false;
        }
    }

    /** Its receiver is gone from the configuration: what waits for it is told to nobody. */
    public static void forget(String face, Outbox outbox, Posts posts) {
        outbox.leave(face);
        for (Post post : posts.open(face)) {
            posts.keep(post.over("nobody is told any more"));
        }
    }
}
