package backout.host;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.fixture.PersonsShell;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line for another machine that a person copies into their own shell. */
final class SshLineTest {
    private static final List<String> ODD =
            List.of("a b", "$HOME", "`id`;", "*", "'", "\"", "\\", "\\n", "", "-n", "~", "!x", "ñ");

    private SecondMachine machine;
    private PersonsShell shell;

    @BeforeAll
    static void needs() {
        Needs.secondMachine();
    }

    @BeforeEach
    void person() {
        machine = SecondMachine.shared();
        shell = new PersonsShell(machine);
    }

    @AfterEach
    void remove() {
        if (shell != null) {
            shell.close();
        }
    }

    private void assertSays(SshHost host) {
        var words = new ArrayList<>(List.of("printf", "%s|"));
        words.addAll(ODD);
        String line =
                "(cd /tmp && X='it''s' && " + Command.typed(words) + " && echo \"$X\" && pwd)";

        assertThat(shell.type(host.typed(line))).endsWith(String.join("|", ODD) + "|its\n/tmp");
    }

    @Test
    void it_does_there_what_it_says_also_at_another_port() {
        machine.serveAt(2231);
        assertSays(SshHostTest.host(machine.machine()));
        SshHost other = SshHostTest.host(machine.machine("root", 2231));

        assertThat(other.typed("hostname"))
                .isEqualTo("ssh -p 2231 root@" + machine.address() + " \"sh -c 'hostname'\"");
        assertSays(other);
    }

    @Test
    void whatever_shell_the_login_has() {
        for (String login : List.of("/usr/bin/fish", "/bin/tcsh", "/bin/bash")) {
            machine.sh("usermod --shell " + login + " odd");
            assertSays(SshHostTest.host(machine.machine("odd", 22)));
        }
        machine.sh("usermod --shell /usr/bin/fish odd");
    }

    @Test
    void by_way_of_another_machine() {
        machine.serveAt(2232);
        machine.sh("grep -q ' behind$' /etc/hosts || echo '127.0.0.8 behind' >>/etc/hosts");
        SshHost gate = SshHostTest.host(machine.machine("worker", 2232));
        Machine behind =
                new Machine(
                        "behind",
                        "behind",
                        22,
                        "root",
                        machine.machine().key(),
                        Optional.empty(),
                        Optional.of(machine.hostKey()),
                        Optional.of("second"));
        var host = new SshHost(behind, Optional.of(gate), new Secrets(_ -> ""));

        assertThat(host.typed("id"))
                .startsWith("ssh -J worker@" + machine.address() + ":2232 root@behind ");
        assertSays(host);
    }

    @Test
    void a_hop_of_an_ipv6_address_is_put_into_brackets() {
        Machine six =
                new Machine(
                        "six",
                        "2001:db8::1",
                        22,
                        "deploy",
                        "agent",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(SshLine.of(six, Optional.of(six), "id"))
                .isEqualTo("ssh -J 'deploy@[2001:db8::1]' deploy@2001:db8::1 \"sh -c 'id'\"");
    }
}
