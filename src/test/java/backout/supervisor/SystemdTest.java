package backout.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.SystemdMachine;
import backout.host.Host;
import backout.host.HostOver;
import backout.problem.ProblemException;
import backout.run.Deadline;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** A real systemd, reached over SSH. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SystemdTest {
    private static final String APP =
            """
            use IO::Socket::INET; use Cwd; $SIG{TERM} = sub { exit 0 };
            my $s = %s or die "port: $!";
            while (my $c = $s->accept) { print $c "%d " . getcwd() . "\\n"; close $c }
            """;
    private static final String LISTENS =
            "IO::Socket::INET->new(LocalPort => 3000, Listen => 5, ReuseAddr => 1)";

    @SuppressWarnings("NullAway.Init")
    private SystemdMachine machine;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeAll
    void boot() {
        Needs.secondMachine();
        machine = new SystemdMachine();
        host = HostOver.ssh(machine.machine("root"));
    }

    @AfterAll
    void off() {
        if (machine != null) {
            host.close();
            machine.close();
        }
    }

    @BeforeEach
    void deploy() {
        app(1, APP.formatted(LISTENS, 1));
        app(2, APP.formatted(LISTENS, 2));
        current(2);
    }

    @AfterEach
    void clear() {
        machine.sh(
                "systemctl stop 'app*.service' 'app*.socket'; systemctl reset-failed; rm -rf"
                    + " /etc/systemd/system/app*; for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" ="
                    + " perl ] && kill -9 ${p#/proc/}; done;systemctl daemon-reload; rm -rf"
                    + " /srv/app");
    }

    private void app(int release, String text) {
        machine.put("/srv/app/releases/" + release + "/app.pl", text);
    }

    private void current(int release) {
        machine.sh("ln -sfn releases/" + release + " /srv/app/current");
    }

    private void unit(String... lines) {
        machine.put(
                "/etc/systemd/system/app.service",
                "[Service]\nWorkingDirectory=/srv/app/current\nExecStart=/usr/bin/perl app.pl\n"
                        + String.join("\n", lines)
                        + "\n");
        machine.sh("systemctl daemon-reload; systemctl start app || true");
    }

    private Found find() {
        return new Supervisors(host, Thread::sleep).find(Path.of("/srv/app"), OptionalInt.of(3000));
    }

    private Supervisor only() {
        Found found = find();
        assertThat(found.against()).isEmpty();
        assertThat(found.owners()).hasSize(1);
        return found.owners().getFirst();
    }

    private Supervisor again(Supervisor one) {
        return new Supervisors(host, Thread::sleep).of(one.texts());
    }

    private String answer() {
        return machine.sh(
                "perl -MIO::Socket::INET -e 'for (1..50) { $s ="
                    + " IO::Socket::INET->new(\"127.0.0.1:3000\") and last; select undef, undef,"
                    + " undef, 0.1 } print <$s>'");
    }

    private Supervisor goTo(int release, Supervisor from) {
        Supervisor kept = from.keepIn(Path.of("/srv/app/shared/backout"));
        again(kept).stop(Deployed.soon());
        current(release);
        return again(kept).start(Path.of("/srv/app/current"), Deployed.soon());
    }

    @Test
    void a_unit_is_found_by_its_control_group_and_runs_the_other_release_afterwards() {
        unit();
        Supervisor found = only();
        assertThat(found.texts()).containsEntry("unit", "app.service");
        assertThat(found.home()).hasToString("/srv/app/releases/2");
        assertThat(found.against()).isEmpty();

        Supervisor now = goTo(1, found);

        assertThat(answer()).isEqualTo("1 /srv/app/releases/1");
        assertThat(now.home()).hasToString("/srv/app/releases/1");
        assertThat(now.look().state()).isEqualTo(Sight.State.RUNNING);
        assertThat(now.look().processes().getFirst().ports()).containsExactly(3000);
    }

    @Test
    void the_starts_that_the_bad_release_used_up_are_no_matter() {
        app(2, "exit 1");
        unit("Restart=always", "[Unit]", "StartLimitBurst=3", "StartLimitIntervalSec=600");
        Await.until(
                "it gave up", () -> machine.sh("systemctl is-failed app || true").equals("failed"));
        Supervisor found = only();
        assertThat(found.look().state()).isEqualTo(Sight.State.STOPPED);
        assertThat(found.look().why().toString()).contains("exit-code", "exit status 1");

        goTo(1, found);

        assertThat(answer()).startsWith("1 ");
    }

    @Test
    void a_restart_that_systemd_is_about_to_do_is_not_in_the_way() {
        app(2, "sleep 0.05; exit 1");
        unit("Restart=always", "RestartSec=1", "[Unit]", "StartLimitIntervalSec=0");
        for (int i = 0; i < 2; i++) {
            goTo(1, only());
            assertThat(answer()).startsWith("1 ");
            current(2);
            machine.sh("systemctl restart app");
            Await.until("it crashes", () -> only().look().state() == Sight.State.LOOPING);
        }
        Await.until("systemd counts its restarts", () -> only().look().restarts() > 0);
    }

    @Test
    void what_the_unit_file_says_now_counts_though_nobody_reloaded() {
        unit("Environment=OLD=1");
        Supervisor found = only();
        machine.sh("mkdir -p /etc/systemd/system/app.service.d");
        machine.put("/etc/systemd/system/app.service.d/x.conf", "[Service]\nEnvironment=NEW=2\n");

        goTo(1, found);

        assertThat(
                        machine.sh(
                                "tr '\\000' '\\n' </proc/$(systemctl show -p MainPID --value"
                                        + " app)/environ"))
                .contains("NEW=2");
    }

    @Test
    void a_child_that_the_unit_leaves_behind_is_ended_too() {
        app(
                2,
                "unless (fork) { "
                        + APP.formatted(LISTENS, 2).replace("exit 0", "1")
                        + " } $SIG{TERM} = sub { exit 0 }; sleep 1 while 1");
        unit("KillMode=process");
        answer();
        Supervisor found = only();
        assertThat(found.look().processes()).hasSize(2);
        assertThat(found.against().toString()).contains("KillMode");

        // half of the time it is asked to end, then made to
        found.stop(Deadline.in(Duration.ofSeconds(10), System::nanoTime));
        current(1);
        found.start(Path.of("/srv/app/current"), Deployed.soon());

        assertThat(answer()).startsWith("1 ");
    }

    @Test
    void a_socket_unit_goes_on_listening() {
        String inherited = "IO::Socket::INET->new_from_fd(3, 'r+')";
        app(1, APP.formatted(inherited, 1));
        app(2, APP.formatted(inherited, 2));
        machine.put("/etc/systemd/system/app.socket", "[Socket]\nListenStream=127.0.0.1:3000\n");
        unit("Restart=no");
        machine.sh("systemctl stop app; systemctl start app.socket");
        assertThat(answer()).startsWith("2 ");
        Supervisor found = only();
        found.stop(Deployed.soon());
        assertThat(machine.sh("systemctl is-active app.socket")).isEqualTo("active");
        // a user who comes just now starts the old one
        assertThat(answer()).startsWith("2 ");
        current(1);

        found.start(Path.of("/srv/app/current"), Deployed.soon());

        assertThat(answer()).startsWith("1 ");
    }

    @Test
    void a_unit_that_names_the_release_itself_is_told_before_and_after() {
        unit("WorkingDirectory=/srv/app/releases/2");
        Supervisor found = only();

        assertThat(found.against().toString()).contains("names the release folder");
        assertThatThrownBy(
                        () -> {
                            found.stop(Deployed.soon());
                            found.start(
                                    Path.of("/srv/app/releases/1"),
                                    Deadline.in(Duration.ofSeconds(2), System::nanoTime));
                        })
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("WorkingDirectory /srv/app/releases/2");
    }

    @Test
    void a_user_unit_is_asked_of_that_users_manager_and_linger_is_told() {
        machine.sh("loginctl enable-linger app1");
        machine.put(
                "/home/app1/.config/systemd/user/mine.service",
                "[Service]\nWorkingDirectory=/srv/app/current\nExecStart=/usr/bin/perl app.pl\n");
        machine.sh("chown -R app1: /home/app1/.config");
        String systemctl =
                "runuser -u app1 -- env XDG_RUNTIME_DIR=/run/user/$(id -u app1) systemctl --user ";
        Await.until(
                "its manager is up",
                () -> machine.sh(systemctl + "is-system-running || true").contains("running"));
        machine.sh(systemctl + "daemon-reload; " + systemctl + "start mine");
        assertThat(answer()).startsWith("2 ");
        Supervisor found = only();
        assertThat(found.texts()).containsEntry("unit", "mine.service").containsKey("user");
        assertThat(found.against()).isEmpty();

        goTo(1, found);

        assertThat(answer()).startsWith("1 ");
        machine.sh("rm /var/lib/systemd/linger/app1");
        assertThat(found.against().toString()).contains("no linger", "loginctl enable-linger app1");
        found.stop(Deployed.soon());
    }

    @Test
    void who_started_it_by_hand_beside_its_unit_is_the_holder_of_the_port() {
        machine.sh("cd /srv/app/current && (setsid perl app.pl </dev/null >/dev/null 2>&1 &)");
        answer();
        unit("Restart=no");

        Found found = find();

        assertThat(found.owners().stream().map(owner -> owner.texts().get("kind")))
                .containsExactly("plain", "systemd");
        assertThat(found.against().toString()).contains("app.service", "beside");
    }

    @Test
    void who_may_not_look_does_not_guess() {
        unit();
        try (var deploy = new Closing(HostOver.ssh(machine.machine("deploy")))) {
            Found found =
                    new Supervisors(deploy.host(), Thread::sleep)
                            .find(Path.of("/srv/app"), OptionalInt.of(3000));

            assertThat(found.against().toString()).contains("may not see", "uid 0");
            assertThatThrownBy(() -> found.owners().getFirst().stop(Deployed.soon()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("sudo without a password");
        }
        assertThat(answer()).startsWith("2 ");
    }

    private record Closing(Host host) implements AutoCloseable {
        @Override
        public void close() {
            host.close();
        }
    }
}
