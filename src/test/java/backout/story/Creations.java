package backout.story;

import backout.fixture.Await;
import backout.fixture.Folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts the containers that are made for a compose project, as the engine tells it. */
final class Creations implements AutoCloseable {
    private final Path folder = Folders.make("creations");
    private final Path said = folder.resolve("said");
    private final Process process;

    Creations(String project) {
        try {
            process =
                    new ProcessBuilder(
                                    "docker",
                                    "events",
                                    "--filter",
                                    "label=com.docker.compose.project=" + project,
                                    "--filter",
                                    "event=create",
                                    "--filter",
                                    "event=rename",
                                    "--format",
                                    "{{.Action}} {{index .Actor.Attributes"
                                            + " \"com.docker.compose.service\"}}")
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has heard of this many, and gives all of them. */
    List<String> expect(int many) {
        try {
            Await.until("containers were made", () -> made().size() >= many);
        } catch (AssertionError fewer) {
            throw new AssertionError("heard of: " + made(), fewer);
        }
        return made();
    }

    private List<String> made() {
        try {
            return Files.readAllLines(said).stream()
                    .filter(line -> line.startsWith("create "))
                    .map(line -> line.substring("create ".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Folders.delete(folder);
    }
}
