package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.OtherHost;

import org.junit.jupiter.api.Test;

import java.util.List;

final class HostsTest {
    private record Named(Host host, String name) implements OtherHost {}

    private final Hosts hosts = Hosts.of(List.of(new Named(Host.local(), "ssh:db1")));

    @Test
    void this_machine_is_always_there() {
        assertThat(Hosts.local().named("local").name()).isEqualTo("local");
        assertThat(hosts.names()).containsExactly("local", "ssh:db1");
        assertThat(hosts.named("ssh:db1").name()).isEqualTo("ssh:db1");
    }

    @Test
    void an_unknown_one_is_told_with_the_nearest() {
        assertThatThrownBy(() -> hosts.named("ssh:db2"))
                .hasMessageContaining("there is no host ssh:db2")
                .hasMessageContaining("ssh:db1");
        assertThatThrownBy(() -> hosts.named("moon")).hasMessageContaining("config/hosts.yml");
    }
}
