package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.fixture.PersonsShell;
import backout.fixture.SecondMachine;
import backout.host.SshHost;
import backout.plan.Secrets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lines for another machine's compose, typed by somebody who is at the bot's. */
final class FarByHandTest {
    private static final Path FOLDER = Path.of("/srv/o'dd $(id) \\ shop");

    private SecondMachine machine;
    private SshHost host;

    @BeforeAll
    static void needs() {
        Needs.secondMachine();
    }

    @BeforeEach
    void project() {
        machine = SecondMachine.shared();
        host = new SshHost(machine.machine(), Optional.empty(), new Secrets(_ -> ""));
        there("mkdir -p \"$1\"; tar -C / -c bin/busybox | docker import - tiny:1");
        there(
                "printf '%s\\n' 'services:' '  --web:' '    image: tiny:1' '    init: true'"
                        + " '    command: [/bin/busybox, sleep, \"300\"]' >\"$1/compose.yml\"");
    }

    @AfterEach
    void remove() {
        host.close();
        there(
                "docker ps -aq --filter label=com.docker.compose.project=odd | xargs -r docker rm"
                        + " -f; rm -r \"$1\"");
    }

    /** The folder is {@code $1}. */
    private String there(String script) {
        String folder = "'" + FOLDER.toString().replace("'", "'\\''") + "'";
        return machine.sh("set -- " + folder + "; " + script);
    }

    @Test
    void a_service_is_brought_up_there_whatever_it_and_its_folder_are_called() {
        var project =
                new Project(
                        "odd",
                        "--web",
                        FOLDER,
                        List.of(FOLDER.resolve("compose.yml")),
                        List.of(),
                        List.of());
        var cli = new ComposeCli(host, "unix:///var/run/docker.sock");
        String up = cli.typed(project, ComposeCli.up(project, Duration.ZERO, List.of()));
        String remove = cli.typed(project, ComposeCli.remove(project));
        try (var shell = new PersonsShell(machine)) {
            shell.type(cli.byHand(List.of(up)).getFirst().toString());
            assertThat(running()).isEqualTo("--web");

            shell.type(cli.byHand(List.of(remove)).getFirst().toString());
            assertThat(running()).isEmpty();
        }
    }

    private String running() {
        return there(
                "docker ps --filter label=com.docker.compose.project=odd --format"
                        + " '{{.Label \"com.docker.compose.service\"}}'");
    }
}
