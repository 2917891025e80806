package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every service with an image in the compose files of docker/awesome-compose. */
final class CorpusEditTest {
    private static final String OLDER =
            "registry.example:5000/team/older:1.2@sha256:" + "0a1b2c3d".repeat(8);

    @TempDir Path directory;

    @Test
    void every_service_of_the_corpus_gets_another_image_and_only_that_line_changes()
            throws IOException {
        var edited = 0;
        var files = corpus();
        for (var file : files) {
            edited += editAll(file);
        }
        System.out.println("corpus: " + files.size() + " files, " + edited + " services edited");
        assertThat(files).hasSizeGreaterThanOrEqualTo(39);
        assertThat(edited).isGreaterThan(files.size());
    }

    private int editAll(Path file) throws IOException {
        var text = Files.readString(file);
        var project = project(file.getFileName().toString(), text);
        var services = project.files().images().keySet();
        services.forEach(service -> project.edit(service, OLDER));
        return services.size();
    }

    private ComposeProject project(String name, String text) {
        return new ComposeProject(directory)
                .with("db/password.txt", "x")
                .with(".env", valuesFor(text))
                .compose(name, text);
    }

    /** Compose refuses a volume whose source is an unset variable. */
    private static String valuesFor(String text) {
        return Pattern.compile("\\$\\{?([A-Z_]+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1) + "=/value\n")
                .distinct()
                .collect(Collectors.joining());
    }

    private static List<Path> corpus() throws IOException {
        var shared = System.getenv("BACKOUT_SHARED");
        assumeTrue(shared != null, "BACKOUT_SHARED is not set: no corpus to edit");
        try (var files = Files.list(Path.of(shared, "corpus", "awesome-compose"))) {
            return files.sorted().toList();
        }
    }
}
