package backout.operations;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How every Backout begins to log, found by Logback itself: our own lines, one line each and
 * without what would steer a terminal, on standard error. In code, for reading it from XML took 600
 * classes and 5 MB.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    static final String APPENDER = "ERR";

    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %logger{20} %replace(%msg){'\\p{Cc}+', ' '}"
                    + "%replace(%replace( [%mdc]){' \\[\\]', ''}){'\\p{Cc}+', ' '}%n"
                    + "%replace(%ex){'[\\p{Cc}&&[^\\n\\t]]', ' '}%nopex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(APPENDER);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        // never the libraries': they tell whole answers, and with them the environment of
        // containers
        root.setLevel(Level.WARN);
        String wanted = System.getenv().getOrDefault("BACKOUT_LOG", "");
        context.getLogger("backout").setLevel(Level.toLevel(wanted, Level.WARN));
        // warns with the whole body of a request that it does not know
        context.getLogger("com.slack.api.bolt.util.SlackRequestParser").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
