package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody at the host asks for the key of another machine, to pin it. */
class HostScanTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();

    private Seat seat() {
        return new Seat(home, new SimService(), clock);
    }

    private void describe(String address) throws IOException {
        assertThat(SimSite.in(home, 0, "0s").home()).isEqualTo(home);
        Files.writeString(
                home.resolve("config/hosts.yml"),
                "hosts:\n  db1:\n    address: %s\n    user: root\n".formatted(address));
    }

    @Test
    void the_line_to_pin_and_the_fingerprint_to_compare_are_printed() throws IOException {
        Needs.secondMachine();
        var machine = SecondMachine.shared();
        describe(machine.address());
        Seat host = seat();

        assertThat(host.run("hosts", "scan", "db1")).isZero();
        String fingerprint =
                machine.sh("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split(" ", -1)[1];
        assertThat(host.text())
                .contains("db1 shows this key: " + fingerprint)
                .contains("    host-key: " + machine.hostKey() + "\n");
        assertThat(Files.readString(home.resolve("config/hosts.yml"))).doesNotContain("host-key");
    }

    @Test
    void it_can_be_asked_before_there_is_more_than_the_machines() throws IOException {
        Needs.secondMachine();
        describe(SecondMachine.shared().address());
        Path alone = home.resolve("alone");
        Files.createDirectory(alone);
        Files.copy(home.resolve("config/hosts.yml"), alone.resolve("hosts.yml"));
        Seat host = seat();

        assertThat(host.run("hosts", "scan", "db1", "--config", alone.toString())).isZero();
        assertThat(host.text()).contains("host-key: " + SecondMachine.shared().hostKey());
    }

    @Test
    void a_folder_without_machines_is_told() {
        Seat host = seat();

        assertThat(host.run("hosts", "scan", "db1", "--config", "/nonexistent")).isEqualTo(2);
        assertThat(host.words()).contains("/nonexistent/hosts.yml", "--config DIR");
    }

    @Test
    void a_machine_that_nobody_described_is_told() throws IOException {
        describe("192.0.2.1");
        Seat host = seat();

        assertThat(host.run("hosts", "scan", "db2")).isEqualTo(2);
        assertThat(host.words()).contains("there is no host ssh:db2", "ssh:db1");
    }
}
