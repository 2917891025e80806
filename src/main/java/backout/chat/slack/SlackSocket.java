package backout.chat.slack;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;
import backout.run.Loop;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The way in that needs no open port: the bot opens a web socket and Slack writes to it
 * (https://docs.slack.dev/apis/events-api/using-socket-mode). While Slack wants it renewed there
 * are two, so that nothing is lost in between. By the JDK's client, which alone tells when Slack
 * pings: nothing else comes in while nobody does anything.
 */
final class SlackSocket {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** What only a person can mend, in the app's settings; Slack does not tell when they did. */
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private static final int ACKS = 1000;
    private static final Logger log = LoggerFactory.getLogger(SlackSocket.class);

    private final SlackApi links;
    private final Function<String, Optional<String>> answer;
    private final LongSupplier nanos;
    private final long began;

    /** What comes again, on this line or on another, is acknowledged again and not done again. */
    private final AsyncCache<String, String> acks =
            Caffeine.newBuilder()
                    .maximumSize(ACKS)
                    .executor(Thread::startVirtualThread)
                    .buildAsync();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(CONNECT_WITHIN)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    private final Set<SlackLine> lines = ConcurrentHashMap.newKeySet();
    private volatile Optional<Problem> trouble = Optional.empty();
    private volatile Duration pause = SHORTEST;
    private volatile long next;
    private volatile boolean greeted;
    private volatile boolean closed;

    /**
     * Connects nowhere yet.
     *
     * @param links with the app's token, not the bot's
     * @param answer works on what an envelope holds, in a thread of its own, and returns once it is
     *     journalled: the JSON to answer with, where there is any
     */
    SlackSocket(SlackApi links, Function<String, Optional<String>> answer, LongSupplier nanos) {
        this.links = links;
        this.answer = answer;
        this.nanos = nanos;
        began = nanos.getAsLong();
        next = began;
    }

    /** Keeps a line up; not begun. */
    Loop loop() {
        return Loop.every("hear Slack", LOOK_EVERY, ROUND_WITHIN, this::keep);
    }

    private void keep() {
        try {
            long now = nanos.getAsLong();
            lines.removeIf(line -> line.isOver(now));
            boolean heard = lines.stream().anyMatch(SlackLine::stays);
            if (!heard && !closed && now - next >= 0) {
                connect(now);
            }
        } catch (RuntimeException e) {
            log.error("keeping the line to Slack: our own fault", e);
        }
    }

    private void connect(long now) {
        wait(now, pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        var line = new SlackLine(this::take, nanos);
        try {
            var url = links.socket();
            lines.add(line);
            var _ =
                    client.newWebSocketBuilder()
                            .connectTimeout(CONNECT_WITHIN)
                            .buildAsync(url, line)
                            .join();
        } catch (Room.Later e) {
            wait(now, e.after().compareTo(pause) > 0 ? e.after() : pause);
            log.info("Slack gives no socket, it is asked again: {}", e.getMessage());
        } catch (Room.Refused e) {
            refused(now, REFUSED, e.problem());
        } catch (CompletionException e) {
            // what it says names the address, and whoever has that can listen
            var why = e.getCause() == null ? e : e.getCause();
            log.info(
                    "Slack's socket is not reached, it is tried again: {}",
                    why.getClass().getSimpleName());
            line.drop();
        }
    }

    private void wait(long now, Duration time) {
        next = now + time.toNanos();
    }

    private void refused(long now, Duration time, Problem why) {
        wait(now, time);
        trouble = Optional.of(why);
        log.error("Slack is not heard: {}", why);
    }

    private void take(SlackLine line, JsonObject frame) {
        String type = text(frame, "type");
        switch (type) {
            case "hello" -> ready(line, frame);
            case "disconnect" -> leaves(line, text(frame, "reason"));
            default -> envelope(line, frame, type);
        }
    }

    /** Others with the same token get a part of what people do. */
    private void ready(SlackLine line, JsonObject frame) {
        line.ready();
        greeted = true;
        pause = SHORTEST;
        trouble = Optional.empty();
        JsonElement all = frame.get("num_connections");
        if (all != null && all.getAsInt() > lines.size()) {
            log.warn(
                    "Slack has {} sockets open for this app and this bot has {}: another one that"
                            + " listens gets a part of what people do",
                    all.getAsInt(),
                    lines.size());
        }
    }

    private void leaves(SlackLine line, String reason) {
        long now = nanos.getAsLong();
        switch (reason) {
            case "link_disabled" -> {
                line.drop();
                refused(
                        now,
                        REFUSED,
                        Problem.of(
                                Phrase.of("Socket Mode is switched off in the app's settings"),
                                Phrase.of(
                                        "switch it on there, or take slack/app-token out of"
                                                + " chat.yml and start again")));
            }
            case "too_many_websockets" -> {
                line.drop();
                refused(
                        now,
                        pause,
                        Problem.of(
                                Phrase.of("Slack opens no further socket for this app"),
                                Phrase.of(
                                        "look for other bots that run with slack/app-token, and"
                                                + " stop them")));
            }
            default -> {
                log.info("Slack renews the line: {}", reason);
                line.leaves();
            }
        }
    }

    private void envelope(SlackLine line, JsonObject frame, String type) {
        String id = text(frame, "envelope_id");
        if (id.isEmpty() || !frame.has("payload")) {
            log.info("Slack sent a frame that means nothing here: {}", type);
            return;
        }
        var _ =
                acks.get(id, _ -> acknowledgement(id, frame))
                        .thenAcceptAsync(line::send, Thread::startVirtualThread);
    }

    private String acknowledgement(String id, JsonObject frame) {
        Optional<String> said = answer.apply(frame.get("payload").toString());
        var acknowledgement = new JsonObject();
        acknowledgement.addProperty("envelope_id", id);
        JsonElement takes = frame.get("accepts_response_payload");
        if (takes != null && takes.getAsBoolean()) {
            said.ifPresent(json -> acknowledgement.add("payload", JsonParser.parseString(json)));
        }
        return acknowledgement.toString();
    }

    private static String text(JsonObject frame, String key) {
        JsonElement value = frame.get(key);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    /**
     * How the line is, for operators.
     *
     * @throws Room.Later while nothing is heard
     * @throws Room.Refused when nothing will be until a person does something
     */
    String state() throws Room.Later, Room.Refused {
        if (trouble.isPresent()) {
            throw new Room.Refused(trouble.get());
        }
        long now = nanos.getAsLong();
        var last = lines.stream().filter(SlackLine::isReady).mapToLong(SlackLine::heard).max();
        if (last.isPresent()) {
            return "heard " + Duration.ofNanos(now - last.getAsLong()).toSeconds() + " s ago";
        }
        if (!greeted && now - began < SlackLine.SILENT.toNanos()) {
            return "being connected";
        }
        throw new Room.Later(
                Phrase.of("there is no line to Slack now; buttons and commands do not arrive"),
                Duration.ZERO);
    }

    /** Hears nothing more; does not wait for a line that is just being made. */
    void close() {
        closed = true;
        lines.forEach(SlackLine::drop);
        client.shutdownNow();
    }
}
