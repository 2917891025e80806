package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Something else takes the service's port after the plan was made. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposePortTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static int port(Relay relay) {
        return URI.create(relay.site.url()).getPort();
    }

    @Test
    void a_port_that_is_taken_while_people_decide_stops_it_before_anything_is_changed() {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD).policy(1)) {
            relay.site.compose("stop", "--timeout", "0", ComposeSite.RELAY);
            var sight = relay.sight();
            Seat anna = relay.asks("compose claude-relay because 5xx");
            anna.until("bot/backout run \"approve " + anna.runId());
            try (var _ = new OtherContainer(relay)) {
                relay.seat().run("run", "approve " + anna.runId(), "--as", "ben");

                assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
                assertThat(anna.words())
                        .contains("the plan changed: port " + port(relay) + " is taken by")
                        .contains("There is no safe plan: port " + port(relay) + " is taken by")
                        .contains("ss -tlnp sport = :" + port(relay) + "; free it, then ask again");
                assertThat(relay.sight()).isEqualTo(sight);
                assertThat(relay.protectiveTags()).isEmpty();
                assertThat(relay.backups()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "api"})
    void a_port_that_is_free_again_lets_the_undo_bring_the_service_back(String swap) {
        try (var relay = new Relay(Release.GOOD).target("swap: " + swap);
                var thief = new Thief(relay)) {
            var sight = relay.sight();
            Seat anna = asks(relay);
            anna.until("✗ switch");
            thief.close();

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words()).contains("The rollback was undone");
            assertIsBack(relay, sight);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "api"})
    void a_port_that_stays_taken_ends_with_what_to_type_once_it_is_free(String swap) {
        try (var relay = new Relay(Release.GOOD).target("swap: " + swap);
                var thief = new Thief(relay)) {
            var sight = relay.sight();
            Seat anna = asks(relay);

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words())
                    .contains("FAILED, and the undo failed too")
                    .contains("port " + port(relay) + " is taken")
                    .contains("ss -tlnp sport = :" + port(relay) + "; free it");
            thief.close();
            typesWhatIsTold(relay, anna, sight);
            assertIsBack(relay, sight);
        }
    }

    private static Seat asks(Relay relay) {
        return relay.asks("compose claude-relay to " + RelayImages.shared().of(Release.GOOD_2));
    }

    private static void typesWhatIsTold(Relay relay, Seat anna, Relay.Sight before) {
        List<String> told =
                anna.text()
                        .lines()
                        .dropWhile(line -> !line.startsWith("Next: "))
                        .dropWhile(line -> !line.startsWith("To be typed by hand"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("    "))
                        .map(String::strip)
                        .toList();
        assertThat(told).isNotEmpty();
        var cli = relay.site.engine().cli(Path.of("/"));
        for (String line : told) {
            if (line.startsWith("age ") && line.endsWith(" > " + relay.site.composeFile())) {
                relay.composeText(before.composeText());
            } else {
                cli.run("sh", "-euc", line);
            }
        }
    }

    private static void assertIsBack(Relay relay, Relay.Sight before) {
        relay.assertRuns(Release.GOOD);
        relay.site.awaitHealthy();
        relay.assertSettled(before.redis());
        assertThat(relay.composeText()).isEqualTo(before.composeText());
    }

    /** Publishes the port that the stopped service had. */
    private record OtherContainer(Relay relay, String id) implements AutoCloseable {
        OtherContainer(Relay relay) {
            this(
                    relay,
                    relay.site
                            .engine()
                            .docker(
                                    "run",
                                    "--detach",
                                    "--publish",
                                    relay.site.engine().host() + ":" + port(relay) + ":3000",
                                    RelayImages.shared().of(Release.GOOD)));
        }

        @Override
        public void close() {
            relay.site.engine().docker("rm", "--force", "--volumes", id);
        }
    }

    /** Waits for the moment in which the service gives its port free, and takes it. */
    private static final class Thief implements AutoCloseable {
        private final InetSocketAddress address;
        private final ServerSocket socket;
        private final Thread thread;
        private volatile boolean closed;

        Thief(Relay relay) {
            address = new InetSocketAddress(relay.site.engine().host(), port(relay));
            try {
                socket = new ServerSocket();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            thread = Thread.ofPlatform().daemon().name("thief").start(this::steal);
        }

        private void steal() {
            while (!closed && !socket.isBound()) {
                try {
                    socket.bind(address);
                } catch (IOException stillTaken) {
                    LockSupport.parkNanos(200_000);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
