package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Observer;
import backout.run.Outbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells the channels that hear of outcomes what happened to targets beside their runs, each once:
 * what was not told yet is told after a restart, and what may have been told is looked for first.
 */
public final class Notices {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final int ROWS = 500;
    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Room room;
    private final List<Announced> announce;
    private final Journal journal;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Observer observer;
    private final Loop loop;
    private final BackOff backOff = new BackOff();

    /** Whether the next one may have been posted already, by an attempt whose answer was lost. */
    private boolean mayBeThere = true;

    /**
     * Tells nobody anything where there are no channels.
     *
     * @param announce as {@link Announced#of} reads them
     */
    public Notices(
            Room room,
            List<String> announce,
            Journal journal,
            Outbox outbox,
            InstantSource clock,
            Observer observer) {
        this.room = room;
        this.announce = Announced.all(announce);
        this.journal = journal;
        this.outbox = outbox;
        this.clock = clock;
        this.observer = observer;
        this.loop = Loop.every("tell " + room.chat(), LOOK_EVERY, ROUND_WITHIN, this::tell);
    }

    /** Begins, in a thread of its own; called once. */
    public Loop start() {
        return loop.start();
    }

    /** Sends nothing more; what is being sent goes on for as long as its deadline. */
    public void stop() {
        loop.stop();
    }

    private void tell() {
        try {
            once();
        } catch (ProblemException e) {
            log.warn("nothing can be told to {} now: {}", room.chat(), e.problem());
        } catch (RuntimeException e) {
            log.error("telling {}: our own fault", room.chat(), e);
        }
    }

    /** Tells what is due now; called by one thread at a time. */
    void once() {
        List<Outbox.TargetRow> rows = List.of();
        do {
            for (Outbox.TargetRow row : rows) {
                if (loop.isStopped() || !isTold(row)) {
                    return;
                }
                outbox.deliveredOfTargets(room.chat(), row.id());
                loop.round();
            }
            rows = outbox.dueOfTargets(room.chat(), ROWS);
        } while (!rows.isEmpty() && backOff.isOver(clock.instant()));
    }

    /** False when it is to be tried again. */
    private boolean isTold(Outbox.TargetRow row) {
        Optional<Phrase> says =
                row.event().at().plus(Intake.NEWS).isAfter(clock.instant())
                        ? Heard.of(row.target(), Ledger.of(journal.read(row.target())), row.event())
                        : Optional.empty();
        List<String> channels = channels(row);
        if (says.isEmpty() || channels.isEmpty()) {
            return true;
        }
        var message = new Message(says.get(), List.of(new Block.Text(says.get())));
        mayBeThere = !isPosted("notice-" + row.id(), message, channels);
        if (!mayBeThere) {
            backOff.forget();
        }
        return !mayBeThere;
    }

    private List<String> channels(Outbox.TargetRow row) {
        Happening what = Heard.happening(row.event());
        return announce.stream()
                .filter(one -> one.wants().hears(what, List.of(row.target())))
                .map(Announced::channel)
                .distinct()
                .toList();
    }

    /** One channel that takes nothing now does not keep it from the others. */
    private boolean isPosted(String key, Message message, List<String> channels) {
        boolean everywhere = true;
        for (String channel : channels) {
            try {
                post(channel, key, message);
            } catch (Room.Later later) {
                everywhere = false;
                Duration wait = backOff.begin(later.after(), clock.instant());
                log.info("{} takes nothing for {}: {}", room.chat(), wait, later.getMessage());
                if (later.place().isEmpty()) {
                    break;
                }
            }
        }
        return everywhere;
    }

    private void post(String channel, String key, Message message) throws Room.Later {
        try {
            if (mayBeThere
                    && room.answered(observer, "find", () -> room.find(channel, key)).isPresent()) {
                return;
            }
            var _ = room.answered(observer, "post", () -> room.post(channel, key, message));
        } catch (Room.Refused refused) {
            log.warn("{} cannot be told: {}", channel, refused.problem());
            Optional<Room.Later> later = refused.untilMended();
            if (later.isPresent()) {
                throw later.get();
            }
        }
    }
}
