package backout.operations;

import backout.config.BotConfig;
import backout.problem.ProblemException;
import backout.run.Loop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a serving bot logs: form and level as configured, another level for as long as somebody wants
 * it. Only our own lines: libraries tell whole answers, and with them secrets.
 */
public final class Logs implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(Logs.class);

    private final String level;
    private final Path folder;
    private final InstantSource clock;
    private final Logger ours = logger("backout");
    private final @Nullable Level before = ours.getLevel();
    private final Loop loop =
            Loop.every("log level", LOOK_EVERY, LOOK_EVERY.multipliedBy(60), this::apply);
    private @Nullable Encoder<ILoggingEvent> text;
    private String said = "";

    private Logs(String level, Path folder, InstantSource clock) {
        this.level = level;
        this.folder = folder;
        this.clock = clock;
    }

    /** As it is configured; {@code BACKOUT_LOG} outweighs the configured level. */
    public static Logs take(BotConfig bot, Map<String, String> environment, InstantSource clock) {
        String wanted = environment.getOrDefault("BACKOUT_LOG", "").toLowerCase(Locale.ROOT);
        String level = LogLevel.LEVELS.contains(wanted) ? wanted : bot.log().level();
        return take(bot.log().format(), level, bot.store(), clock);
    }

    /**
     * Takes it over until it is closed.
     *
     * @param format {@code text} or {@code json}
     * @param level one of {@link LogLevel#LEVELS}, while nobody wants another
     * @param folder where {@link LogLevel} is looked for
     */
    public static Logs take(String format, String level, Path folder, InstantSource clock) {
        var logs = new Logs(level, folder, clock);
        if (format.equals("json")) {
            logs.text = encode(json());
        }
        logs.ours.setLevel(Level.toLevel(level));
        logs.apply();
        logs.loop.start();
        return logs;
    }

    private static Logger logger(String name) {
        return context().getLogger(name);
    }

    private static LoggerContext context() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException("the class path holds another logger than Logback");
    }

    private static Encoder<ILoggingEvent> json() {
        var json = new JsonEncoder();
        json.setContext(context());
        json.setWithContext(false);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithMarkers(false);
        json.setWithKVPList(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }

    /** Gives the former one back. */
    private static @Nullable Encoder<ILoggingEvent> encode(Encoder<ILoggingEvent> encoder) {
        if (logger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(LogSetup.APPENDER)
                instanceof OutputStreamAppender<ILoggingEvent> appender) {
            var former = appender.getEncoder();
            appender.setEncoder(encoder);
            return former;
        }
        return null;
    }

    /** Looks what is wanted now. */
    synchronized void apply() {
        if (loop.isStopped()) {
            return;
        }
        Optional<LogLevel> wanted = wanted().filter(one -> clock.instant().isBefore(one.until()));
        Level now = Level.toLevel(wanted.map(LogLevel::level).orElse(level));
        if (!now.equals(ours.getLevel())) {
            ours.setLevel(now);
            String name = now.toString().toLowerCase(Locale.ROOT);
            String until = wanted.map(one -> " until " + one.until()).orElse("");
            log.info("the log level is {} now{}", name, until);
        }
    }

    private Optional<LogLevel> wanted() {
        try {
            Optional<LogLevel> wanted = LogLevel.wanted(folder);
            said = "";
            return wanted;
        } catch (ProblemException e) {
            String problem = e.problem().toString();
            if (!said.equals(problem)) {
                log.warn("{}", problem);
            }
            said = problem;
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        loop.stop();
        ours.setLevel(before);
        if (text != null) {
            var _ = encode(text);
        }
    }
}
