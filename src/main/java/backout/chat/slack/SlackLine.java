package backout.chat.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** One web socket to Slack: whether it lives, and the frames that come in. */
final class SlackLine implements WebSocket.Listener {
    /** Slack pings every few seconds. */
    static final Duration SILENT = Duration.ofSeconds(60);

    /** One that Slack announced to close is closed by it; some it forgets. */
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(30);

    private static final int LONGEST = 1 << 20;
    private static final Logger log = LoggerFactory.getLogger(SlackLine.class);

    private final BiConsumer<SlackLine, JsonObject> frames;
    private final LongSupplier nanos;
    private final StringBuilder text = new StringBuilder();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile long heard;
    private volatile long left;
    private volatile State state = State.MADE;
    private volatile @Nullable WebSocket socket;

    private enum State {
        MADE,
        /** Slack said hello. */
        READY,
        /** Slack said that it will close it; what comes in until then counts. */
        LEAVING,
        GONE
    }

    /**
     * @param frames is given each with this line, in the order in which they come; must not block
     */
    SlackLine(BiConsumer<SlackLine, JsonObject> frames, LongSupplier nanos) {
        this.frames = frames;
        this.nanos = nanos;
        heard = nanos.getAsLong();
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heard = nanos.getAsLong();
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        heard = nanos.getAsLong();
        text.append(part);
        if (text.length() > LONGEST) {
            log.warn("Slack sends more in one frame than any envelope has: connected anew");
            drop();
        } else if (last) {
            take(text.toString());
            text.setLength(0);
        }
        return null;
    }

    private void take(String frame) {
        try {
            frames.accept(this, JsonParser.parseString(frame).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            log.warn("Slack sent a frame that is no JSON object: {}", e.getClass().getSimpleName());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        state = State.GONE;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        log.info("the line to Slack broke: {}", error.getMessage());
        state = State.GONE;
    }

    /** Slack said hello. */
    void ready() {
        state = State.READY;
    }

    /** Slack said that it will close this one. */
    void leaves() {
        left = nanos.getAsLong();
        state = State.LEAVING;
    }

    boolean isReady() {
        return state == State.READY;
    }

    /** Whether it may be relied on from now on, or is just being made. */
    boolean stays() {
        return state == State.MADE || state == State.READY;
    }

    long heard() {
        return heard;
    }

    /** Whether there is nothing more to be heard on it; closes what is only said to be open. */
    boolean isOver(long now) {
        boolean silent = now - heard >= SILENT.toNanos();
        boolean forgotten = state == State.LEAVING && now - left >= LEAVES_WITHIN.toNanos();
        if (state != State.GONE && (silent || forgotten)) {
            log.warn(
                    silent
                            ? "Slack's socket is silent for {} s: connected anew"
                            : "Slack did not close a socket that it was about to close for {} s",
                    (silent ? SILENT : LEAVES_WITHIN).toSeconds());
            drop();
        }
        return state == State.GONE;
    }

    /** Returns when it is on its way; what does not get there Slack sends again. */
    void send(String frame) {
        WebSocket to = socket;
        sending.lock();
        try {
            if (to != null) {
                var _ = to.sendText(frame, true).join();
            }
        } catch (RuntimeException e) {
            log.info("an acknowledgement did not reach Slack: {}", e.getMessage());
        } finally {
            sending.unlock();
        }
    }

    /** At once: Slack does not answer a farewell. */
    void drop() {
        state = State.GONE;
        WebSocket dropped = socket;
        if (dropped != null) {
            dropped.abort();
        }
    }
}
