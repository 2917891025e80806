package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Places;
import backout.host.Hosts;
import backout.notify.mail.Certificate;
import backout.plan.Ledger;
import backout.plan.Readiness;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of the standby and of the former place can be seen from outside. */
class StandbyLookTest {
    private static final String STANDBY = "127.0.9.8";
    private static final String FORMER = "127.0.9.9";

    private static Readiness look(Map<String, Object> more, URI url) {
        var settings = new HashMap<String, Object>(more);
        settings.put("url", url);
        settings.put("standby", List.of(STANDBY));
        settings.put("secrets", Map.of());
        settings.put("standby-watch.alone", List.of());
        var target =
                new Target(
                        new TargetName("dns", "vidfab"),
                        "ssh:gone",
                        "open",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(settings));
        var ledger = Ledger.of(List.of(seen("former", FORMER, 0), seen("now", STANDBY, 1)));
        return new StandbyLook(
                        target, List.of(), Hosts.local(), new Secrets(_ -> ""), Instant.now())
                .look(ledger, List.of("GET {url}/ [STATUS] == 200"));
    }

    private static TargetEvent seen(String id, String address, long second) {
        return new TargetEvent.Seen(
                Instant.EPOCH.plusSeconds(second), id, "vidfab.test. 300 A " + address, id, "");
    }

    @Test
    void a_machine_that_cannot_be_reached_is_not_well_and_what_is_on_it_is_unknown() {
        try (var places = new Places().answering(STANDBY, 200).answering(FORMER, 500)) {
            var url = URI.create("http://vidfab.test:" + places.port());
            assertThat(look(Map.of("compose", "/srv/vidfab"), url).says().toString())
                    .startsWith("1 of 6 well. the machine ssh:gone is not: ")
                    .contains("what runs in /srv/vidfab is unknown: its machine cannot be reached")
                    .contains("the service at " + FORMER + " is not: ")
                    .doesNotContain("the service at " + STANDBY);
        }
    }

    @Test
    void a_certificate_that_browsers_refuse_is_told(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(STANDBY, 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(Certificate.in(folder, 1, STANDBY).context()));
        server.start();
        try {
            var url = URI.create("https://vidfab.test:" + server.getAddress().getPort());
            assertThat(look(Map.of(), url).says().toString())
                    .startsWith("0 of 4 well")
                    .contains("the certificate at " + STANDBY + " is not: it is none for vidfab")
                    .contains("the certificate at " + FORMER + " is unknown: ");
        } finally {
            server.stop(0);
        }
    }
}
