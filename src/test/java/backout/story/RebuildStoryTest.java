package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.executor.rebuild.RebuildExecutor;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.fixture.SystemdMachine;
import backout.host.Hosts;
import backout.host.Machine;
import backout.host.SshHost;
import backout.host.Workplace;
import backout.plan.Secrets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A machine with systemd and nothing else gets Docker from its distribution, the saved image and
 * the kept files, and serves.
 */
@SuppressWarnings("NullAway.Init")
class RebuildStoryTest {
    private static final String IMAGE = "backout-test-rebuild:1";

    private final Path home = Folders.make("rebuild-home");
    private final InstantSource clock = InstantSource.system();
    private SystemdMachine machine;
    private Hosts hosts;

    @BeforeAll
    static void needs() {
        Needs.compose();
        Needs.secondMachine();
    }

    @BeforeEach
    void write() throws IOException {
        machine = SystemdMachine.withoutDocker();
        machine.put("/etc/sudoers.d/deploy", "deploy ALL=(ALL) NOPASSWD: ALL\n");
        Machine described = machine.machine("deploy");
        hosts = Hosts.of(List.of(new SshHost(described, Optional.empty(), new Secrets(_ -> ""))));
        write(
                "config/backout.yml",
                "language: en\nstore: {dir: %s}\n".formatted(home.resolve("var")));
        write("config/people.yml", "people:\n  li: {level: L2}\n");
        write("config/approvals.yml", "policies:\n  open: {votes: 0}\n");
        write(
                "config/hosts.yml",
                "hosts:\n  units: {address: \"%s\", user: deploy, key: \"%s\", host-key: %s}\n"
                        .formatted(
                                described.address(),
                                described.key(),
                                described.hostKey().orElseThrow()));
        image();
        bundle();
        target();
        sh("cp -r %s commands".formatted(Path.of("commands").toAbsolutePath()));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    private void image() throws IOException {
        Path root = home.resolve("root");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Needs.program("busybox"), root.resolve("bin/busybox"));
        write("root/www/index.html", "well");
        sh("tar -C root -c . | docker import - " + IMAGE);
        sh("docker save --output image.tar " + IMAGE + " && docker image rm " + IMAGE);
    }

    private void bundle() throws IOException {
        write(
                "bundle/compose.yml",
                """
                services:
                  app:
                    image: %s
                    command: [/bin/busybox, httpd, -f, -p, "80", -h, /www]
                    env_file: .env
                    ports: ["8080:80"]
                """
                        .formatted(IMAGE));
        write("bundle/.env", "API_KEY=secret-one-1\n");
        sh("cd bundle && sha256sum compose.yml .env >SHA256SUMS");
    }

    private void target() throws IOException {
        write(
                "config/targets.yml",
                """
                targets:
                  rebuild/vidfab:
                    host: ssh:units
                    policy: open
                    good-after: 1s
                    soak: 0s
                    folder: /srv/vidfab
                    service: app
                    image: %s
                    image-file: %s
                    image-hash: %s
                    bundle: %s
                    ports: ["8080"]
                    then: dns/vidfab
                    url: http://%s:8080
                """
                        .formatted(
                                IMAGE,
                                home.resolve("image.tar"),
                                sh("sha256sum image.tar").split(" ", -1)[0],
                                home.resolve("bundle"),
                                machine.address()));
    }

    private String sh(String script) {
        return new Cli(home, java.util.Map.of()).run("sh", "-euc", script);
    }

    @AfterEach
    void close() {
        if (hosts != null) {
            hosts.close();
        }
        if (machine != null) {
            machine.close();
        }
        Folders.delete(home);
    }

    private Seat seat() {
        return seat(hosts);
    }

    private Seat seat(Hosts hosts) {
        return new Seat(
                home,
                RebuildExecutor.of(
                        new Workplace(
                                hosts,
                                "unix:///none",
                                home.resolve("var"),
                                clock,
                                System::nanoTime)),
                clock);
    }

    /** As a machine that installs updates of its own after its first start. */
    private void holdPackages() {
        machine.put(
                "/run/hold.pl",
                """
                use Fcntl; open(F, ">>/var/lib/dpkg/lock-frontend") or die;
                my $lock = pack("ssx4qqix4", F_WRLCK, 0, 0, 0, 0);
                fcntl(F, F_SETLK, $lock) or die; sleep 3600;
                """);
        machine.sh("perl /run/hold.pl >/dev/null 2>&1 & echo $! >/run/holder");
    }

    private void cutLines() {
        machine.sh(
                "for p in /proc/[0-9]*; do if grep -q '[s]shd: deploy' $p/cmdline 2>/dev/null; then"
                        + " kill -9 ${p#/proc/}; fi; done");
    }

    /** As one that was given the address of another. */
    private void refusesAnotherKey() {
        sh("ssh-keygen -q -t ed25519 -N '' -f other");
        Machine is = machine.machine("deploy");
        String[] key = sh("cat other.pub").split(" ", -1);
        var other =
                new Machine(
                        is.name(),
                        is.address(),
                        is.port(),
                        is.user(),
                        is.key(),
                        Optional.empty(),
                        Optional.of(key[0] + " " + key[1]),
                        Optional.empty());
        try (var strange =
                Hosts.of(List.of(new SshHost(other, Optional.empty(), new Secrets(_ -> ""))))) {
            var seat = seat(strange);
            seat.run("plan", "rebuild vidfab");
            assertThat(seat.exitCode()).isEqualTo(1);
            assertThat(seat.text()).contains("another key").contains("SHA256:");
        }
    }

    @Test
    void a_machine_with_nothing_serves_though_its_packages_were_held_and_the_line_was_cut() {
        refusesAnotherKey();
        holdPackages();
        var seat = seat().start("run", "rebuild vidfab because gone", "--as", "li", "--yes");
        Await.until(
                "it waits for the packages",
                () ->
                        machine.sh("cat /var/lib/backout/*/out 2>/dev/null || :")
                                .contains("held by"));
        cutLines();
        machine.sh("kill $(cat /run/holder)");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(seat.text())
                .contains("install Docker and compose on ssh:units from the packages of Debian")
                .contains("/rollback dns vidfab")
                .doesNotContain("secret-one-1");
        assertThat(machine.sh("docker ps --format '{{.Image}}'")).isEqualTo(IMAGE);
        assertThat(machine.sh("stat -c %a /srv/vidfab/.env")).isEqualTo("600");
        assertThat(machine.sh("ls /var/lib/backout 2>/dev/null || :")).isEmpty();
    }
}
