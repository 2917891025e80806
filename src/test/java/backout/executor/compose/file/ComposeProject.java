package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Effort;
import backout.host.SafeWrite;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A compose project on disk, read by our code and by the real {@code docker compose config}, which
 * needs no engine.
 */
final class ComposeProject {
    private static final boolean HAS_COMPOSE = !Effort.SMALL && hasCompose();
    private static final long SECONDS = 60;

    private final Path directory;
    private final List<Path> composeFiles = new ArrayList<>();
    private final List<Path> envFiles = new ArrayList<>();
    private final Map<String, String> shell = new HashMap<>();

    private boolean agreed;

    ComposeProject(Path directory) {
        try {
            this.directory = directory.toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ComposeProject compose(String name, String text) {
        composeFiles.add(put(name, text));
        return this;
    }

    /** A file that the project may point to. */
    ComposeProject with(String name, String text) {
        put(name, text);
        return this;
    }

    ComposeProject envFile(String name, String text) {
        envFiles.add(put(name, text));
        return this;
    }

    ComposeProject shell(String name, String value) {
        shell.put(name, value);
        return this;
    }

    ComposeFiles files() {
        var named =
                envFiles.isEmpty() && Files.exists(directory.resolve(".env"))
                        ? List.of(directory.resolve(".env"))
                        : envFiles;
        return new ComposeFiles(
                sources(composeFiles),
                directory,
                "proj",
                shell,
                sources(named),
                ComposeProject::read);
    }

    /**
     * Locates and edits, writes, and holds the result against the bytes and against docker compose.
     *
     * @return the changed line as it reads now
     */
    String edit(String service, String wanted) {
        return apply(service, wanted, files().edit(service, wanted));
    }

    String apply(String service, String wanted, Edited edited) {
        if (!agreed) {
            agreesWithCompose();
        }
        var before = files().images();
        write(edited);
        var changed = onlyLine(edited);
        var expected = new TreeMap<>(before);
        edited.images().forEach((name, change) -> expected.put(name, change.to()));
        assertThat(files().images()).isEqualTo(expected).containsEntry(service, wanted);
        agreesWithCompose();
        return changed;
    }

    /** Our images are those of docker compose; said and skipped where there is none. */
    void agreesWithCompose() {
        if (!HAS_COMPOSE) {
            return;
        }
        var answer = config();
        assertThat(answer.code()).as(answer.errors()).isZero();
        assertThat(files().images()).isEqualTo(images(answer.output()));
        agreed = true;
    }

    /** Either both read the project, and the same in it, or both refuse it. */
    void agreesWithComposeOrBothRefuse() {
        if (composeRefuses().orElse(false)) {
            assertThatThrownBy(() -> files().images()).isInstanceOf(ProblemException.class);
        } else {
            agreesWithCompose();
        }
    }

    /** Empty where there is no docker compose to ask. */
    Optional<Boolean> composeRefuses() {
        return HAS_COMPOSE ? Optional.of(config().code() != 0) : Optional.empty();
    }

    String text(String name) {
        return new String(read(directory.resolve(name)).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static String onlyLine(Edited edited) {
        var before = edited.before().text().split("\n", -1);
        var after = edited.after().text().split("\n", -1);
        assertThat(after).hasSameSizeAs(before);
        for (var index = 0; index < before.length; index++) {
            if (index + 1 != edited.line()) {
                assertThat(after[index]).as("line %d", index + 1).isEqualTo(before[index]);
            }
        }
        var line = after[edited.line() - 1];
        assertThat(line).isNotEqualTo(before[edited.line() - 1]);
        return line;
    }

    private Answer config() {
        var command = new ArrayList<>(List.of("docker", "compose", "-p", "proj", "--profile", "*"));
        composeFiles.forEach(file -> command.addAll(List.of("-f", file.toString())));
        envFiles.forEach(file -> command.addAll(List.of("--env-file", file.toString())));
        command.addAll(List.of("config", "--format", "json"));
        return run(command, directory, shell);
    }

    private static Map<String, String> images(String json) {
        var images = new TreeMap<String, String>();
        var services = JsonMapper.shared().readTree(json).path("services");
        for (var entry : services.properties()) {
            var image = entry.getValue().path("image");
            if (image.isString()) {
                // the printed file is a compose file again, so a dollar is doubled
                images.put(entry.getKey(), image.asString().replace("$$", "$").stripTrailing());
            }
        }
        return images;
    }

    private record Answer(int code, String output, String errors) {}

    private static Answer run(List<String> command, Path directory, Map<String, String> shell) {
        try {
            var output = Files.createTempFile("compose", ".out");
            var errors = Files.createTempFile("compose", ".err");
            var builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile());
            builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
            builder.environment().putAll(shell);
            var process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("docker compose did not answer");
            }
            var answer =
                    new Answer(
                            process.exitValue(),
                            Files.readString(output),
                            Files.readString(errors));
            Files.delete(output);
            Files.delete(errors);
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static boolean hasCompose() {
        try {
            var version = List.of("docker", "compose", "version");
            if (run(version, Path.of("/"), Map.of()).code() == 0) {
                return true;
            }
        } catch (UncheckedIOException _) {
            // no docker command at all: said below
        }
        System.out.println(
                "skipped: comparing with docker compose config, there is no docker compose here");
        return false;
    }

    private Path put(String name, String text) {
        agreed = false;
        try {
            var path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<SourceFile> sources(List<Path> paths) {
        return paths.stream().map(path -> new SourceFile(path, read(path).orElseThrow())).toList();
    }

    private static Optional<byte[]> read(Path path) {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static SafeWrite.Written write(Edited edited) {
        SourceFile before = edited.before();
        return SafeWrite.write(before.path(), edited.after().bytes(), Sha256.of(before.bytes()));
    }
}
