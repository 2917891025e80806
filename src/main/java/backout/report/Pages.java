package backout.report;

import backout.chat.Place;
import backout.command.Site;
import backout.problem.ProblemException;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.CallEvent;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Observer;
import backout.run.Outbox;
import backout.run.Run;
import backout.run.RunEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes to each person alone who is called about a run, in one chat. In a thread of its own, so
 * that no card is ever before a call; what was not sent yet is sent after a restart, as long as it
 * is not decided.
 */
public final class Pages {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final int ROWS = 500;
    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    private final Room room;
    private final String face;
    private final Site site;
    private final Journal journal;
    private final Outbox outbox;
    private final Posts posts;
    private final InstantSource clock;
    private final Observer observer;
    private final Loop loop;
    private final BackOff backOff = new BackOff();

    /** Sends nothing yet; see {@link #face} for where the outbox knows it. */
    public Pages(
            Room room,
            Site site,
            Journal journal,
            Outbox outbox,
            Posts posts,
            InstantSource clock,
            Observer observer) {
        this.room = room;
        this.face = face(room.chat());
        this.site = site;
        this.journal = journal;
        this.outbox = outbox;
        this.posts = posts;
        this.clock = clock;
        this.observer = observer;
        this.loop = Loop.every("call in " + room.chat(), LOOK_EVERY, ROUND_WITHIN, this::send);
    }

    /** The face of the outbox that calls people in this chat. */
    public static String face(String chat) {
        return chat + "-calls";
    }

    /** Begins, in a thread of its own; called once. */
    public Loop start() {
        return loop.start();
    }

    /** Sends nothing more; what is being sent goes on for as long as its deadline. */
    public void stop() {
        loop.stop();
    }

    private void send() {
        try {
            once();
        } catch (ProblemException e) {
            log.warn("nobody can be called in {} now: {}", room.chat(), e.problem());
        } catch (RuntimeException e) {
            log.error("calling in {}: our own fault", room.chat(), e);
        }
    }

    /** Sends what is due now; called by one thread at a time. */
    void once() {
        take();
        for (Post post : posts.lacking(face)) {
            if (loop.isStopped() || !backOff.isOver(clock.instant())) {
                return;
            }
            send(post);
            loop.round();
        }
    }

    private void take() {
        List<Outbox.Row> rows;
        do {
            rows = outbox.due(face, ROWS);
            rows.forEach(this::begin);
            if (!rows.isEmpty()) {
                outbox.delivered(face, rows.getLast().id());
            }
        } while (rows.size() == ROWS);
    }

    private void begin(Outbox.Row row) {
        RunEvent event = journal.read(row.run()).get(row.seq() - 1);
        List<String> people =
                switch (event) {
                    case CallEvent.Paged page -> page.people();
                    case CallEvent.Nudged nudge -> nudge.people();
                    default -> List.of();
                };
        for (String person : people) {
            var place = new Place(face, row.seq() + " " + person);
            var _ = posts.begin(new Post(row.run(), Kind.CALL, place, Optional.empty(), 0, 0, ""));
        }
    }

    private void send(Post post) {
        String[] words = post.place().channel().split(" ", 2);
        Run run = Run.of(journal.read(post.run()));
        int seq = Integer.parseInt(words[0]);
        RunEvent event = run.events().get(seq - 1);
        String person = words[1];
        if (!Calling.called(run, event, site, clock.instant()).contains(person)) {
            posts.keep(post.over("not called any more"));
            return;
        }
        try {
            var message = Calling.alone(run, level(event), seq, person, site, clock.instant());
            room.counted(observer, "direct", () -> room.direct(person, message));
            posts.keep(post.over("done"));
            backOff.forget();
        } catch (Room.Later later) {
            Duration wait = backOff.begin(later.after(), clock.instant());
            log.info("{} takes nothing for {}: {}", room.chat(), wait, later.getMessage());
        } catch (Room.Refused refused) {
            log.warn("{} is not called in {}: {}", person, room.chat(), refused.problem());
            posts.keep(post.over(refused.problem().toString()));
        }
    }

    private static int level(RunEvent event) {
        return switch (event) {
            case CallEvent.Paged page -> page.level();
            case CallEvent.Nudged nudge -> nudge.level();
            default -> throw new IllegalStateException(event + " calls nobody");
        };
    }
}
