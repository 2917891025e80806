package backout.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class ScarcityTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger tries = new AtomicInteger();

    private String third(Exception failure) throws Exception {
        if (tries.incrementAndGet() < 3) {
            throw failure;
        }
        return "begun";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Too many open files",
                "Cannot run program \"docker\": error=11, Resource temporarily unavailable",
                "error=12, Cannot allocate memory",
                "Too many open files in system"
            })
    void what_the_machine_has_no_more_of_is_waited_for(String words) throws Exception {
        assertThat(Scarcity.outlast(LONG, () -> third(new IOException(words)))).isEqualTo("begun");
    }

    @Test
    void it_may_stand_deep_in_what_was_thrown() throws Exception {
        var wrapped = new IllegalStateException(new SocketException("Too many open files"));
        assertThat(Scarcity.outlast(LONG, () -> third(wrapped))).isEqualTo("begun");
    }

    @Test
    void another_failure_is_thrown_at_once() {
        assertThatThrownBy(() ->
                        Scarcity.outlast(LONG, () -> third(new IOException("Connection refused"))))
                .hasMessage("Connection refused");
        assertThat(tries).hasValue(1);
    }

    @Test
    void it_is_not_waited_for_beyond_its_time() {
        assertThatThrownBy(() ->
                        Scarcity.outlast(
                                Duration.ofSeconds(-1),
                                () -> third(new IOException("Too many open files"))))
                .hasMessage("Too many open files");
        assertThat(tries).hasValue(1);
    }

    @Test
    void an_interrupt_ends_it_and_is_kept() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() ->
                        Scarcity.outlast(LONG, () -> third(new IOException("Too many open files"))))
                .hasMessage("Too many open files");
        assertThat(Thread.interrupted()).isTrue();
    }
}
