package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.Engine;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.Release;
import backout.host.Host;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next up would do is asked of compose, on the real engine. */
class NextUpTest {
    private static final String DOCKER = "unix:///var/run/docker.sock";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void what_runs_is_left_alone_and_what_has_no_container_is_made() {
        try (var site = ComposeSite.running(Release.GOOD)) {
            var host = Host.local();
            var discovery = new Discovery(Engine.at(DOCKER), host);
            var next = new NextUp(new ComposeCli(host, DOCKER), discovery);
            Project project =
                    discovery.project(
                            discovery.containers(site.project(), ComposeSite.RELAY).getFirst());
            assertThat(next.leavesAlone(project)).isTrue();
            site.compose("rm", "--stop", "--force", ComposeSite.RELAY);
            assertThat(next.leavesAlone(project)).isFalse();
        }
    }
}
