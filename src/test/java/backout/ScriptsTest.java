package backout;

import static org.assertj.core.api.Assertions.assertThat;

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
}
