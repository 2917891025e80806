package backout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The shell scripts of {@code bot/}, read as text. */
class ScriptsTest {
    /** Readers that may leave before the writer has written all. */
    private static final Pattern EARLY_LEAVER =
            Pattern.compile("\\|\\s*(head\\b|grep\\s+-\\w*q|sed\\s+\\S*\\d*q)");

    /** Bash itself runs the script. */
    private static final Pattern NEEDED =
            Pattern.compile("Needs\\.program\\(\"(?!bash)([^\"]+)\"\\)");

    static Stream<Path> scripts() throws IOException {
        var scripts = Stream.<Path>builder().add(Path.of(".ci/run"));
        try (var files = Files.list(Path.of("bot"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).startsWith("#!")) {
                    scripts.add(file);
                }
            }
        }
        return scripts.build();
    }

    /**
     * With {@code pipefail} a writer whose reader has left ends the script with status 141, once
     * what it writes no longer fits into the pipe: green with few lines, red with many.
     */
    @ParameterizedTest
    @MethodSource("scripts")
    void every_reader_of_a_pipe_reads_to_the_end(Path script) throws IOException {
        List<String> lines = Files.readAllLines(script);

        assertThat(lines).noneMatch(line -> EARLY_LEAVER.matcher(line).find());
    }

    /** What fills the heap ends in a restart: whoever watches the bot sees no living corpse. */
    @Test
    void the_bot_is_started_with_what_keeps_it_from_living_on_without_memory() throws IOException {
        String started = Files.readString(Path.of("bot/backout"));
        var flags = Pattern.compile("(?s)\nflags=\\((.*?)\\)\n").matcher(started);
        assertThat(flags.find()).isTrue();
        assertThat(flags.group(1).split("\\s+"))
                .contains("-XX:+ExitOnOutOfMemoryError", "-Xmx512m", "-XX:+UseSerialGC");
        assertThat(started.lines().filter(line -> line.startsWith("exec ")))
                .singleElement()
                .asString()
                .startsWith("exec \"$java_home/bin/java\" \"${flags[@]}\" ");
    }

    /** A machine that has a program by chance hides that nobody installs it. */
    @Test
    void what_a_test_needs_is_installed_by_bot_test() throws IOException {
        String means = Files.readString(Path.of("bot/test"));
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                var needed = NEEDED.matcher(Files.readString(source));
                while (needed.find()) {
                    assertThat(means)
                            .as(source.toString())
                            .containsPattern("[ \"]" + needed.group(1) + "=");
                }
            }
        }
    }
}
