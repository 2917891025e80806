package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The last look before anything is written: an edit that did more than it should is seen. */
final class VerificationTest {
    private static final String BEFORE =
            """
            services:
              web: &w {image: app:2, restart: always}
              db: [1, *w]
            ---
            other: text
            """;

    @Test
    void the_one_intended_value_may_differ() {
        assertThat(only(BEFORE.replace("app:2", "app:1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing changed at all
                "always/never",
                "app:2, restart: always/app:1, restart: never",
                "app:2/!x app:1",
                "app:2/[app:1]",
                "app:2, restart: always/app:1",
                "app:2/app:1, more: x",
                "app:2/&i app:1",
                "app:2, restart: always/app:1, restart: !x always",
                "app:2, restart: always}\n  db: [1, *w]/app:1, restart: always}\n  db: [1, *w, 2]",
                "&w {image: app:2/&v {image: app:1",
                "other: text/other: app:1",
                "image: app:2/picture: app:1",
                "---/...",
            })
    void anything_else_may_not(String change) {
        var parts = change.split("/", 2);
        var after = parts.length < 2 ? BEFORE : BEFORE.replace(parts[0], parts[1]);
        if (change.startsWith("&w")) {
            after = after.replace("*w", "*v");
        }
        if (change.startsWith("---")) {
            after = BEFORE.replace("app:2", "app:1") + "---\nmore: documents\n";
        }
        assertThat(only(after)).isFalse();
    }

    @Test
    void one_env_line_may_differ_and_only_that_one() {
        assertThat(onlyLine("A=1\nB='9'\nC=3\n")).isTrue();
        assertThat(onlyLine("A=1\nB='2'\nC=3\n")).isFalse();
        assertThat(onlyLine("A=1\nB='2'\nC=9\n")).isFalse();
        assertThat(onlyLine("A=1\nB='9'\nC=9\n")).isFalse();
        assertThat(onlyLine("A=1\nX='9'\nC=3\n")).isFalse();
        assertThat(onlyLine("A=1\nB='9'\nC=3\nD=4\n")).isFalse();
    }

    @Test
    void a_service_that_comes_or_goes_is_a_change() {
        assertThat(Verification.changes(Map.of("a", "x"), Map.of("b", "y")))
                .containsEntry("a", new Edited.Change("x", ""))
                .containsEntry("b", new Edited.Change("", "y"));
    }

    private static boolean only(String after) {
        return Verification.differsOnlyAt(BEFORE.indexOf("app:2"), yaml(BEFORE), yaml(after));
    }

    private static YamlFile yaml(String text) {
        return YamlFile.parse(SourceFile.of(Path.of("compose.yml"), text));
    }

    private static boolean onlyLine(String after) {
        var before = "A=1\nB='2'\nC=3\n";
        return Verification.differsOnlyAt(before.indexOf("2"), lines(before), lines(after));
    }

    private static List<EnvLine> lines(String text) {
        var nothing = Environment.of(Map.of(), "p", List.of());
        return EnvFile.lines(SourceFile.of(Path.of(".env"), text), nothing);
    }
}
