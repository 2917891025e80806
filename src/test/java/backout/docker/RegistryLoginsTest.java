package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.OtherHost;
import backout.host.Command;
import backout.host.Host;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;

/** As whom docker itself would ask a registry, by the files that docker login writes. */
final class RegistryLoginsTest {
    @TempDir Path folder;

    private RegistryLogins logins(String config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
        return new RegistryLogins(Host.local(), Optional.of(folder));
    }

    private static String auth(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_login_of_the_file_is_found_by_the_registrys_host() throws IOException {
        var logins =
                logins(
                        """
                        {"auths": {"127.0.0.1:5000": {"auth": "%s"},
                                   "https://ghcr.io/v2/": {"auth": "%s"},
                                   "https://index.docker.io/v1/": {"auth": "%s"},
                                   "azurecr.io": {"auth": "", "identitytoken": "tok"}}}
                        """
                                .formatted(auth("puller:se:cret"), auth("me:b"), auth("hub:c")));

        assertThat(logins.of("127.0.0.1:5000"))
                .contains(new RegistryLogin("127.0.0.1:5000", "puller", "se:cret"));
        assertThat(logins.of("ghcr.io")).contains(new RegistryLogin("ghcr.io", "me", "b"));
        assertThat(logins.of("docker.io").orElseThrow().user()).isEqualTo("hub");
        assertThat(logins.of("azurecr.io").orElseThrow().token()).isEqualTo("tok");
        assertThat(logins.of("quay.io")).isEmpty();
        assertThat(new RegistryLogins(Host.local(), Optional.of(folder.resolve("none"))).of("a.b"))
                .isEmpty();
    }

    /** Put where a command is found that is named by its whole path. */
    private Host helpers(String name, String script) throws IOException {
        Path program = folder.resolve("docker-credential-" + name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Beside(Host.local(), folder);
    }

    /** This host with one more folder in its PATH. */
    private record Beside(Host host, Path programs) implements OtherHost {
        @Override
        public backout.host.Result run(Command command) {
            assertThat(command.argv()).as("no secret and no server in argv").endsWith("get");
            Path program = programs.resolve(command.argv().getFirst());
            return host.run(
                    Files.exists(program)
                            ? Command.of(command.timeout(), program.toString(), "get")
                                    .feeding(command.stdin())
                            : command);
        }
    }

    @Test
    void a_helper_is_asked_by_its_standard_input() throws IOException {
        logins("{\"credsStore\": \"none\", \"credHelpers\": {\"a.example\": \"vault\"}}");
        Host host =
                helpers(
                        "vault",
                        """
                        read server
                        echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"u\\",\\"Secret\\":\\"of $server\\"}"
                        """);
        var logins = new RegistryLogins(host, Optional.of(folder));

        assertThat(logins.of("a.example"))
                .contains(new RegistryLogin("a.example", "u", "of a.example"));
        assertThatThrownBy(() -> logins.of("b.example"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker-credential-none");
    }

    @Test
    void a_helper_that_knows_no_login_is_no_trouble_and_one_that_fails_is() throws IOException {
        logins("{\"credsStore\": \"vault\"}");
        Host none = helpers("vault", "echo credentials not found in native keychain; exit 1\n");
        assertThat(new RegistryLogins(none, Optional.of(folder)).of("a.example")).isEmpty();

        Host broken = helpers("vault", "echo hunter2; exit 3\n");
        assertThatThrownBy(() -> new RegistryLogins(broken, Optional.of(folder)).of("a.example"))
                .hasMessageContaining("it ended with 3")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_file_that_cannot_be_read_is_told() {
        assertThatThrownBy(() -> logins("{nonsense").of("a.example"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.json");
    }
}
