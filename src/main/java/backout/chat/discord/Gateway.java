package backout.chat.discord;

import backout.frontdesk.Diagnosis;
import backout.http.Http;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;
import backout.run.Loop;

import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.events.GatewayPingEvent;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The line on which Discord tells what people do, held by JDA, which also resumes it. Whether it
 * lives is told by what came in last, not by what the library believes. Nothing but this class
 * loads JDA.
 */
final class Gateway implements EventListener {
    /** Discord acknowledges a heartbeat every 41 seconds; two missed are a line that is dead. */
    static final Duration SILENT = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(2);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);
    private static final int WRONG_TOKEN = 4004;
    private static final int FIRST_FINAL = 4010;
    private static final int LAST_FINAL = 4014;
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final URI rest;
    private final Optional<String> address;
    private final String token;
    private final Consumer<JsonNode> interactions;
    private final LongSupplier nanos;
    private final long began;
    private volatile long heard;
    private volatile long tried;
    private volatile boolean connected;
    private volatile boolean isKept;
    private volatile Optional<Problem> over = Optional.empty();
    private final ReentrantLock doing = new ReentrantLock();

    /** Under the lock. */
    private @Nullable JDA jda;

    /**
     * Connects nowhere yet.
     *
     * @param rest with a slash at its end
     * @param address {@code wss://…}; empty for Discord's own
     * @param interactions is given each as Discord sent it, in a thread of its own
     */
    Gateway(
            URI rest,
            Optional<String> address,
            String token,
            Consumer<JsonNode> interactions,
            LongSupplier nanos) {
        this.rest = rest;
        this.address = address;
        this.token = token;
        this.interactions = interactions;
        this.nanos = nanos;
        began = nanos.getAsLong();
        heard = began;
        tried = began - AGAIN_AFTER.toNanos();
    }

    /** How the line is, where this process keeps one. */
    Optional<Diagnosis> diagnosis() {
        return isKept
                ? Diagnosis.asking(() ->
                                List.of(Diagnosis.well(Phrase.of("its gateway: {0}", state()))))
                        .stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Keeps the line up; not begun. */
    Loop loop() {
        return Loop.every("hear Discord", LOOK_EVERY, ROUND_WITHIN, this::keep);
    }

    private void keep() {
        isKept = true;
        doing.lock();
        try {
            look();
        } finally {
            doing.unlock();
        }
    }

    private void look() {
        if (over.isPresent()) {
            drop();
            return;
        }
        long now = nanos.getAsLong();
        if (jda != null && now - heard >= SILENT.toNanos()) {
            log.warn("Discord's gateway is silent for {} s: connected anew", SILENT.toSeconds());
            drop();
        }
        if (jda == null && now - tried >= AGAIN_AFTER.toNanos()) {
            tried = now;
            connect();
        }
    }

    private void connect() {
        try {
            heard = nanos.getAsLong();
            jda = built();
            if (over.isPresent()) {
                drop();
            }
        } catch (InvalidTokenException e) {
            end(WRONG_TOKEN);
        } catch (RuntimeException e) {
            log.info("Discord is not reached, it is tried again: {}", e.getMessage());
        }
    }

    /**
     * Asks for no intent, as what people do with commands and buttons is told to every bot; JDA
     * itself asks to hear of servers, which no bot is denied.
     */
    private JDA built() {
        var restConfig = new RestConfig().setBaseUrl(rest.toString());
        return JDABuilder.createLight(token, List.of())
                .setRestConfig(restConfig)
                .setHttpClientBuilder(Http.client().newBuilder())
                .setSessionController(new Sessions(address))
                .setCompression(Compression.NONE)
                .setEnableShutdownHook(false)
                .setRawEventsEnabled(true)
                .setEventPool(Executors.newVirtualThreadPerTaskExecutor(), true)
                .addEventListeners(this)
                .build();
    }

    private static final class Sessions extends ConcurrentSessionController {
        private final Optional<String> address;

        private Sessions(Optional<String> address) {
            this.address = address;
        }

        @Override
        public String getGateway() {
            return address.orElseGet(super::getGateway);
        }
    }

    @Override
    public void onEvent(GenericEvent event) {
        switch (event) {
            case RawGatewayEvent raw -> {
                alive();
                if (raw.getType().equals("INTERACTION_CREATE")) {
                    interactions.accept(Kit.JSON.readTree(raw.getPayload().toJson()));
                }
            }
            case GatewayPingEvent _ -> alive();
            case ShutdownEvent ended -> ended(ended);
            default -> {}
        }
    }

    private void alive() {
        heard = nanos.getAsLong();
        connected = true;
    }

    /** The end of one that was dropped means nothing. */
    private void ended(ShutdownEvent ended) {
        doing.lock();
        try {
            if (ended.getJDA().equals(jda)) {
                jda = null;
                end(ended.getCode());
            }
        } finally {
            doing.unlock();
        }
    }

    /** What a new attempt would only repeat: no further one until the bot is started again. */
    private void end(int code) {
        connected = false;
        if (code == WRONG_TOKEN) {
            over =
                    Optional.of(
                            Problem.of(
                                    Phrase.of("Discord does not know this token"),
                                    DiscordErrors.token()));
        } else if (code >= FIRST_FINAL && code <= LAST_FINAL) {
            over =
                    Optional.of(
                            Problem.of(
                                    Phrase.of("Discord closed the line for good: {0}", code),
                                    Phrase.of(
                                            "the bot asks for no privileged intent; see"
                                                + " https://docs.discord.com/developers/topics/opcodes-and-status-codes"
                                                + " and start again")));
        }
        over.ifPresent(why -> log.error("Discord is not heard any more: {}", why));
    }

    /**
     * How the line is, for operators.
     *
     * @throws Room.Later while nothing is heard
     * @throws Room.Refused when nothing will be until the bot is started again
     */
    String state() throws Room.Later, Room.Refused {
        if (over.isPresent()) {
            throw new Room.Refused(over.get());
        }
        long now = nanos.getAsLong();
        if (!connected && now - began < SILENT.toNanos()) {
            return "being connected";
        }
        if (!connected || now - heard >= SILENT.toNanos()) {
            throw new Room.Later(
                    Phrase.of(
                            "nothing is heard from its gateway for {0}; buttons and commands do not"
                                    + " arrive",
                            Duration.ofNanos(now - heard)),
                    Duration.ZERO);
        }
        return "heard " + Duration.ofNanos(now - heard).toSeconds() + " s ago";
    }

    private void drop() {
        JDA dropped = jda;
        jda = null;
        connected = false;
        if (dropped != null) {
            dropped.removeEventListener(this);
            dropped.shutdownNow();
        }
    }

    /** Hears nothing more; does not wait for a line that is just being made. */
    void close() {
        over = Optional.of(Problem.of(Phrase.of("Backout is being stopped"), Phrase.NONE));
        if (doing.tryLock()) {
            try {
                drop();
            } finally {
                doing.unlock();
            }
        }
    }
}
