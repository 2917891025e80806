package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/** What is read out of proc(5). */
class ProcessesTest {
    private static String stat(String start, int ticks) {
        return start + " -1 4194560 1 0 0 0 3 1 0 0 20 0 1 0 " + ticks + " 2654208 1\n";
    }

    private static Processes.One one(Processes now, int pid) {
        return Objects.requireNonNull(now.all().get(pid));
    }

    @Test
    void a_name_may_hold_anything_and_who_has_ended_is_nobody() {
        var now =
                Processes.parsed(
                        "@stat\n"
                                + stat("1 (init) S 0 1 1 0", 5)
                                + stat("70 (a) Z 9 (b) S 1 70 70 0", 900)
                                + stat("71 (node) Z 70 70 70 0", 901)
                                + "@argv\n==> 1/cmdline <==\n/init\001\n\n==> 70/cmdline <==\n"
                                + "node\001a b\001\001\001");

        assertThat(now.all()).containsOnlyKeys(1, 70);
        assertThat(one(now, 70).id()).isEqualTo("70@900");
        assertThat(one(now, 70).argv()).isEqualTo(List.of("node", "a b"));
    }

    @Test
    void a_machine_that_is_a_container_has_processes_of_its_own_and_containers() {
        var now =
                Processes.parsed(
                        "@stat\n"
                                + stat("1 (systemd) S 0 1 1 0", 5)
                                + stat("70 (perl) S 1 70 70 0", 900)
                                + stat("71 (node) S 1 71 71 0", 901)
                                + "@cgroup\n"
                                + "1/cgroup:1:name=systemd:/docker/f8/init.scope\n"
                                + "70/cgroup:1:name=systemd:/docker/f8/system.slice/app.service\n"
                                + "71/cgroup:1:name=systemd:/docker/f8/docker/77\n");

        assertThat(one(now, 70).contained()).isFalse();
        assertThat(Units.of(one(now, 70)).orElseThrow().unit()).isEqualTo("app.service");
        assertThat(one(now, 71).contained()).isTrue();
    }
}
