package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.Seat;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.host.Workplace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody presses Tab: in real shells, at a terminal, with a {@code backout} that writes down how
 * it was called.
 */
class CompletionTest {
    private static final int PATIENCE = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private static Seat printed(String... arguments) {
        Seat seat = seat();
        assertThat(seat.run(arguments)).as(seat.text()).isZero();
        return seat;
    }

    private static Seat seat() {
        var none = Path.of("target/none");
        var executor =
                ComposeExecutor.of(
                        Workplace.local(
                                "unix:///none", none, InstantSource.system(), System::nanoTime));
        return new Seat(Path.of(""), executor, InstantSource.system());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash --norc -i", "zsh -f -i"})
    void commands_options_and_names_are_completed(String shell) throws IOException {
        String etc = Files.createDirectories(temporary.resolve("etc/backout")).toString();
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put("sta", "status");
        typed.put("status w", "status web");
        typed.put("status --com", "status --commands");
        typed.put("status --config " + etc + " ", "status --config " + etc + " other");
        typed.put(
                "status --config " + etc.substring(0, etc.length() - 4), "status --config " + etc);
        typed.put("run compose w", "run compose web");
        typed.put("run x --as an", "run x --as anna");
        typed.put("run x --y", "run x --yes");
        typed.put("signin l", "signin li");
        typed.put("manifest s", "manifest slack");
        typed.put("completion z", "completion zsh");

        assertThat(pressTab(shell, typed.keySet().stream().toList()).stream().map(String::strip))
                .map(line -> line.replaceAll("/$", ""))
                .containsExactlyElementsOf(typed.values());
    }

    @Test
    void the_names_are_those_of_the_configuration() {
        assertThat(printed("completion", "targets").text())
                .isEqualTo("claude-relay\none-api\nvidfab\nrelay-edge\n");
        assertThat(printed("completion", "people").text().lines()).contains("li", "anna", "ben");
        assertThat(printed("completion", "words").text().lines())
                .contains("compose", "unlock", "claude-relay");
    }

    @Test
    void who_names_another_shell_is_told_which_there_are() {
        Seat seat = seat();
        assertThat(seat.run("completion", "fish")).isEqualTo(2);
        assertThat(seat.words()).contains("no completion for \"fish\"", "Say: bash, zsh");
    }

    /**
     * Types each line, presses Tab and Enter.
     *
     * @return how backout was called then
     */
    private List<String> pressTab(String shell, List<String> lines) throws IOException {
        Path script =
                Files.writeString(
                        temporary.resolve("completion.sh"), printed("completion", "bash").text());
        Path calls = temporary.resolve("calls");
        writeBackout(temporary.resolve("backout"), calls);
        Path driver =
                Files.writeString(
                        temporary.resolve("driver"),
                        """
                        zmodload zsh/zpty
                        zpty shell %s
                        # what is typed is echoed: only what was done says three
                        said() { zpty -r shell seen "*said-3*" }
                        zpty -w shell 'PS1=; PATH=%s:$PATH; . %s; echo said-$((1+2))' && said
                        while IFS= read -r line; do
                            zpty -w shell "backout $line"$'\\t'"; echo said-\\$((1+2))" && said
                        done
                        zpty -d shell
                        """
                                .formatted(shell, temporary, script));
        var typed = String.join("\n", lines) + "\n";
        Cli.here()
                .run(
                        typed.getBytes(UTF_8),
                        "timeout",
                        Integer.toString(PATIENCE),
                        Needs.program("zsh").toString(),
                        "-f",
                        driver.toString());
        var called = new ArrayList<>(Files.readAllLines(calls));
        called.removeIf(line -> line.matches("completion (targets|people|words).*"));
        return called;
    }

    private static void writeBackout(Path file, Path calls) throws IOException {
        Files.writeString(
                file,
                """
                #!/bin/sh
                echo "$@" >>'%s'
                case "$*" in
                    'completion targets') printf 'relay\\nweb\\n' ;;
                    'completion targets --config '*) echo other ;;
                    'completion people') printf 'li\\nanna\\n' ;;
                    'completion words') printf 'compose\\nrelay\\nweb\\n' ;;
                esac
                """
                        .formatted(calls));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
