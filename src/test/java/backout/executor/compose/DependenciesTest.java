package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.Engine;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.Release;
import backout.host.Host;
import backout.language.Phrase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What compose wrote onto the container tells what it needs. */
class DependenciesTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static List<String> down(ComposeSite site, String service) {
        var engine = Engine.at("unix:///var/run/docker.sock");
        var discovery = new Discovery(engine, Host.local());
        return Dependencies.down(engine, discovery, site.project(), service).stream()
                .map(Phrase::toString)
                .toList();
    }

    @Test
    void what_is_stopped_or_gone_is_named_and_what_runs_is_not() {
        try (var site = ComposeSite.running(Release.GOOD)) {
            assertThat(down(site, ComposeSite.RELAY)).isEmpty();
            site.compose("stop", "--timeout", "1", ComposeSite.REDIS);
            assertThat(down(site, ComposeSite.RELAY)).containsExactly("redis is exited");
            assertThat(down(site, ComposeSite.REDIS)).isEmpty();
            site.compose("rm", "--force", ComposeSite.REDIS);
            assertThat(down(site, ComposeSite.RELAY)).containsExactly("redis has no container");
        }
    }
}
