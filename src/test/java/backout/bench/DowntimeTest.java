package backout.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.bench.Downtime.Probe;
import backout.fixture.Await;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class DowntimeTest {
    @Test
    void it_lasts_from_the_first_failure_to_the_first_that_is_well_for_good() {
        assertThat(Downtime.of(probes("++--+-++"))).isEqualTo(Duration.ofNanos(4));
        assertThat(Downtime.of(probes("+++"))).isEqualTo(Duration.ZERO);
    }

    @Test
    void the_longest_is_not_lengthened_by_a_single_probe_that_failed() {
        assertThat(Downtime.longest(probes("-+++---++-+"))).isEqualTo(Duration.ofNanos(3));
        assertThat(Downtime.longest(probes("+++"))).isEqualTo(Duration.ZERO);
    }

    @Test
    void the_order_in_which_probes_ended_does_not_matter() {
        List<Probe> late = new ArrayList<>(probes("+--++")).reversed();

        assertThat(Downtime.of(late)).isEqualTo(Duration.ofNanos(2));
    }

    @Test
    void a_service_that_stays_away_has_no_downtime_but_a_problem() {
        assertThatThrownBy(() -> Downtime.of(probes("++--"))).hasMessageContaining("come back");
        assertThat(Downtime.isOver(probes("--++"), 2)).isTrue();
        assertThat(Downtime.isOver(probes("--++"), 3)).isFalse();
    }

    @Test
    void only_a_200_is_well() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {500};
        server.createContext(
                "/health",
                exchange -> {
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        try (var prober = new Prober(server.getAddress().getPort())) {
            Await.until("it failed", () -> !prober.found().isEmpty());
            assertThat(prober.found()).noneMatch(Probe::well);
            assertThat(prober.isBack()).isFalse();
            status[0] = 200;
            Await.until("it is back", prober::isBack);
        } finally {
            server.stop(0);
        }
    }

    /** One each nanosecond. */
    private static List<Probe> probes(String found) {
        var probes = new ArrayList<Probe>();
        for (int i = 0; i < found.length(); i++) {
            probes.add(new Probe(i, found.charAt(i) == '+'));
        }
        return probes;
    }
}
