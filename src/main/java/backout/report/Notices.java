package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.run.Loop;
import backout.run.Observer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells the channels that hear of outcomes what people said of a target beside its runs. Kept in
 * memory alone: what a restart loses is in the journal and in the target's history.
 */
public final class Notices {
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final int TRIES = 5;
    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final Room room;
    private final List<String> channels;
    private final InstantSource clock;
    private final Observer observer;
    private final BlockingQueue<Notice> waiting = new LinkedBlockingQueue<>();

    private record Notice(String channel, String key, Message message, int tries) {
        private Notice again() {
            return new Notice(channel, key, message, tries + 1);
        }
    }

    /** Tells nobody anything where there are no {@code channels}. */
    public Notices(Room room, List<String> channels, InstantSource clock, Observer observer) {
        this.room = room;
        this.channels = List.copyOf(channels);
        this.clock = clock;
        this.observer = observer;
    }

    /** Returns at once; may be called from any thread. */
    public void tell(Phrase says) {
        String key = "notice-" + clock.instant().toEpochMilli();
        var message = new Message(says, List.of(new Block.Text(says)));
        channels.forEach(channel -> waiting.add(new Notice(channel, key, message, 1)));
    }

    /** Begins, in a thread of its own that ends when it is interrupted; called once. */
    public Loop start() {
        return Loop.start("tell " + room.chat(), ROUND_WITHIN, this::tell);
    }

    private void tell(Loop loop) {
        try {
            while (true) {
                loop.round();
                Notice next = waiting.poll(1, TimeUnit.MINUTES);
                if (next != null) {
                    post(next);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Notice notice) throws InterruptedException {
        try {
            var _ =
                    room.answered(
                            observer,
                            "post",
                            () -> room.post(notice.channel(), notice.key(), notice.message()));
        } catch (Room.Later later) {
            if (notice.tries() < TRIES) {
                waiting.add(notice.again());
                Thread.sleep(later.after().isZero() ? Duration.ofSeconds(1) : later.after());
            } else {
                log.warn("{} was not told: {}", notice.channel(), later.getMessage());
            }
        } catch (Room.Refused refused) {
            log.warn("{} cannot be told: {}", notice.channel(), refused.problem());
        }
    }
}
