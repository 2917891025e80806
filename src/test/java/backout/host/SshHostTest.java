package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/** A machine whose {@code sh} is dash and whose root logs in by a bash that greets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshHostTest extends HostContract {
    @SuppressWarnings("NullAway.Init")
    private SecondMachine machine;

    @SuppressWarnings("NullAway.Init")
    private SshHost host;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    SecondMachine machineUnderTest() {
        return SecondMachine.shared();
    }

    @BeforeAll
    void connect() {
        Needs.secondMachine();
        machine = machineUnderTest();
        host = host(machine.machine());
    }

    static SshHost host(Machine machine) {
        return new SshHost(machine, Optional.empty(), new Secrets(_ -> ""));
    }

    @AfterAll
    void leave() {
        if (host != null) {
            host.close();
        }
    }

    @BeforeEach
    void makeFolder() {
        folder = Path.of("/root/t-" + UUID.randomUUID());
        sh("mkdir " + folder);
    }

    @Override
    Host host() {
        return host;
    }

    @Override
    Path folder() {
        return folder;
    }

    @Override
    String sh(String script) {
        return machine.sh(script);
    }

    @Test
    void it_is_another_machine_than_this_one() throws IOException {
        assertThat(said(Path.of("/etc/hostname")))
                .isEqualTo(machine.name())
                .isNotEqualTo(Files.readString(Path.of("/etc/hostname")).strip());
        assertThat(host.name()).isEqualTo("ssh:second");
    }

    private String said(Path file) {
        return new String(host.read(file, 100).orElseThrow(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void secrets_stand_in_no_list_of_processes() {
        var command =
                Command.of(LONG, "sh", "-c", "cat /proc/*/cmdline | tr '\\0' ' '")
                        .with(java.util.Map.of("TOKEN", "hunter2"));
        assertThat(
                        host.run(command.feeding("hunter3".getBytes(StandardCharsets.UTF_8)))
                                .stdout()
                                .text())
                .doesNotContain("hunter2", "hunter3");
    }

    @Test
    void a_port_there_is_reached_from_here() throws IOException {
        var at = host.reach("127.0.0.1", 22);

        assertThat(at.getAddress().isLoopbackAddress()).isTrue();
        assertThat(host.reach("127.0.0.1", 22)).isEqualTo(at);
        for (int i = 0; i < 12; i++) {
            try (var socket = new Socket(at.getAddress(), at.getPort());
                    InputStream in = socket.getInputStream()) {
                assertThat(new String(in.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("SSH-");
            }
        }
        assertThat(host.port("127.0.0.1", 22)).isEqualTo(Host.PortState.TAKEN);
        assertThat(host.port("0.0.0.0", 23)).isEqualTo(Host.PortState.FREE);
        assertThat(host.port(machine.address(), 22)).isEqualTo(Host.PortState.TAKEN);
    }

    @Test
    void a_disk_that_is_full_leaves_a_file_as_it_was() {
        sh("mount -t tmpfs -o size=64k tmpfs " + folder + "; printf old >" + folder + "/file");
        byte[] much = new byte[100_000];
        try {
            assertThatThrownBy(() ->
                            host.write(
                                    folder.resolve("file"),
                                    much,
                                    Sha256.of("old".getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("it holds what it held");
            assertThat(sh("cat " + folder + "/file; ls -A " + folder)).isEqualTo("oldfile");
        } finally {
            sh("umount " + folder);
        }
    }

    @Test
    void the_engine_there_is_reached_by_a_door_that_nobody_else_can_enter() throws IOException {
        String door = host.door("unix:///var/run/docker.sock");
        Path folder = Path.of(door.substring("unix://".length())).getParent();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        String id = sh("docker info --format '{{.ID}}'");
        assertThat(backout.fixture.Cli.here().run("docker", "-H", door, "info", "-f", "{{.ID}}"))
                .isEqualTo(id);
    }

    @Test
    void whoever_asks_an_engine_that_is_not_there_is_told_why() {
        try (var engine = backout.docker.Engine.of(host, "unix:///nonexistent.sock")) {
            assertThatThrownBy(engine::version)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("user root finds no engine at /nonexistent.sock");
        }
    }
}
