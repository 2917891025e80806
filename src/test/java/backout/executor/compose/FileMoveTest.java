package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.archive.Artifacts;
import backout.fixture.Cli;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.Sha256;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of a project, written for the other release by a process that dies. */
final class FileMoveTest {
    private static final String NEW = "relay:2.0";
    private static final String OLD = "relay:1.0";
    private static final Pattern BY_HAND =
            Pattern.compile("age --decrypt --identity (\\S+) (\\S+) > (\\S+)");

    /** The image alone, in the compose file. */
    @Nested
    final class AnEdit extends Bench {
        @Override
        Step plan() {
            var edited = files.edit(project, OLD);
            return step("edit", "", Map.of(edited.after().path(), edited.after().bytes()));
        }
    }

    /** Its own files, which were kept when it was good. */
    @Nested
    final class ASnapshot extends Bench {
        @Override
        Step plan() {
            write("compose.yml", compose(OLD, "debug"));
            write(".env", "MODE=old\n");
            String source = snapshots.keep(project, "releases");
            writeAnew();
            return step("snapshot", source, snapshots.contents(project, "snapshot", source, OLD));
        }
    }

    abstract static class Bench extends MoveContract {
        private final Host host = Host.local();
        final ProjectFiles files =
                new ProjectFiles(host, new ComposeCli(host, "unix:///nowhere.sock"));

        @TempDir Path root;
        Path folder = Path.of("");
        Project project = new Project("relay", "relay", folder, List.of(), List.of(), List.of());
        Artifacts artifacts = new Artifacts(folder, folder);
        Snapshots snapshots = snapshots();
        private Step step =
                new Step(
                        "a",
                        new TargetName("a", "b"),
                        Phase.SWITCH,
                        "",
                        "",
                        Map.of(),
                        Phrase.verbatim("a"));
        private int worlds;

        private Snapshots snapshots() {
            return new Snapshots(files, artifacts, new GitFiles(host, files));
        }

        /** The files are written anew already. */
        abstract Step plan();

        @Override
        protected void arrange() {
            folder = root.resolve("project" + worlds++);
            artifacts = new Artifacts(root.resolve("artifacts"), root.resolve("key.txt"));
            snapshots = snapshots();
            project =
                    new Project(
                            "relay",
                            "relay",
                            folder,
                            List.of(folder.resolve("compose.yml")),
                            List.of(),
                            List.of());
            writeAnew();
            step = plan();
        }

        void writeAnew() {
            write("compose.yml", compose(NEW, "info"));
            write(".env", "MODE=new\n");
        }

        static String compose(String image, String level) {
            return """
            services:
              relay:
                image: %s # the release
                environment:
                  LEVEL: %s
                env_file: .env
            """
                    .formatted(image, level);
        }

        Step step(String kind, String source, Map<Path, byte[]> contents) {
            var paths = List.copyOf(contents.keySet());
            String before =
                    String.join("\n", paths.stream().map(files::read).map(Sha256::of).toList());
            String after = String.join("\n", contents.values().stream().map(Sha256::of).toList());
            var with = new LinkedHashMap<String, String>();
            with.put("kind", kind);
            with.put("source", source);
            with.put("image", OLD);
            with.put("paths", Project.lines(paths));
            with.put("before", before);
            with.put("after", after);
            return new Step(
                    "compose.file",
                    new TargetName("compose", "relay"),
                    Phase.SWITCH,
                    FileMove.identity(before),
                    FileMove.identity(after),
                    project.with(with),
                    Phrase.of("write the files"));
        }

        void write(String name, String text) {
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Move move() {
            return new FileMove(host, files, snapshots, artifacts);
        }

        @Override
        protected Step step() {
            return step;
        }

        @Override
        protected String world() {
            return Cli.here()
                    .run(
                            "sh",
                            "-c",
                            "cd \"$0\" && ls -lAgo --time-style=+ && head -n 99 $(ls -A)",
                            folder.toString());
        }

        @Override
        protected void refuse() {
            try {
                Files.delete(folder.resolve("compose.yml"));
                Files.createDirectory(folder.resolve("compose.yml"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** With {@code age}, which not every machine has. */
        @Override
        protected boolean type(List<Phrase> lines) {
            for (Phrase line : lines) {
                String typed = line.toString();
                Matcher words = BY_HAND.matcher(typed);
                assertThat(words.matches() || typed.startsWith("nothing of ")).as(typed).isTrue();
                if (words.matches()) {
                    decrypt(words.group(1), Path.of(words.group(2)), Path.of(words.group(3)));
                }
            }
            return true;
        }

        private void decrypt(String key, Path from, Path to) {
            assertThat(key).isEqualTo(root.resolve("key.txt").toString());
            try {
                byte[] kept = Files.readAllBytes(from);
                String name = root.resolve("artifacts").relativize(from).toString();
                var ref = new Artifacts.Ref(name, Sha256.of(kept), kept.length);
                try (var plain = artifacts.get(ref)) {
                    Files.write(to, plain.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected void run(String script, String argument) {
            Cli.here().run("sh", "-c", script, "script", argument);
        }
    }
}
