package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

@ResourceLock(Resources.SYSTEM_ERR)
class LogSetupTest {
    /** Sets a title, clears the screen, and begins a line of its own. */
    private static final String STEERS = "1.0\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n12:00 ERROR";

    private static String logged(Runnable with) {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            with.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }

    @Test
    void what_a_service_says_steers_no_terminal_and_begins_no_line() {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var _ = new LogSetup().configure(context);
        var log = context.getLogger("backout.x");

        String text =
                logged(() -> {
                    context.getMDCAdapter().put("run", STEERS);
                    log.warn("runs {}", STEERS);
                    context.getMDCAdapter().remove("run");
                    log.error("failed", new IllegalStateException(STEERS));
                });

        assertThat(text.lines().findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line)
                                .contains("runs 1.0 ]0;owned [2J 31m 12:00 ERROR [run=1.0"));
        assertThat(text).contains("java.lang.IllegalStateException: 1.0 ]0;owned");
        assertThat(text.codePoints().filter(Character::isISOControl))
                .allMatch(code -> code == '\n' || code == '\t');
        context.stop();
    }
}
