package backout.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Cli;
import backout.fixture.DoorHost;
import backout.fixture.Folders;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.Sha256;
import backout.run.Deadline;
import backout.run.Move;
import backout.run.MoveContract;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files are put into a folder where one of them was another, one is new, and so is one's folder.
 */
class FilesMoveTest extends MoveContract {
    private static final Map<String, String> KEPT =
            Map.of("compose.yml", "services: {}\n", ".env", "KEY=new\n", "conf/a b.yml", "a: 1\n");
    private static final List<String> NAMES = List.of("compose.yml", ".env", "conf/a b.yml");

    private final Path home = Folders.make("rebuild-files");
    private final DoorHost host = new DoorHost(this::boundary);

    private Path folder() {
        return home.resolve("srv/vidfab");
    }

    private Path bundle() {
        return home.resolve("bundle");
    }

    @AfterEach
    void end() {
        Folders.delete(home);
    }

    @Override
    protected void arrange() {
        host.refuse(false);
        try {
            Folders.delete(home);
            Files.createDirectories(folder());
            Files.writeString(folder().resolve(".env"), "KEY=former\n");
            Files.writeString(folder().resolve("data.db"), "theirs");
            var sums = new StringBuilder();
            for (String name : NAMES) {
                Path file = bundle().resolve(name);
                Files.createDirectories(file.getParent());
                String content = KEPT.getOrDefault(name, "");
                Files.writeString(file, content);
                sums.append(Sha256.of(content)).append("  ").append(name).append('\n');
            }
            Files.writeString(bundle().resolve("SHA256SUMS"), sums);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Move move() {
        return new FilesMove(new Root(host), home.resolve("key.txt"));
    }

    @Override
    protected Step step() {
        var before = new LinkedHashMap<String, String>();
        var after = new LinkedHashMap<String, String>();
        for (String name : NAMES) {
            before.put(name, name.equals(".env") ? Sha256.of("KEY=former\n") : Listing.NONE);
            after.put(name, Sha256.of(KEPT.getOrDefault(name, "")));
        }
        return new Step(
                Steps.FILES,
                new TargetName("rebuild", "vidfab"),
                Phase.SWITCH,
                new Listing(before).identity(),
                new Listing(after).identity(),
                Map.of(
                        "folder", folder().toString(),
                        "bundle", bundle().toString(),
                        "before", new Listing(before).text(),
                        "after", new Listing(after).text(),
                        "missing", folder().resolve("conf").toString()),
                Phrase.of("put them"));
    }

    @Override
    protected String world() {
        try (Stream<Path> all = Files.walk(folder())) {
            return String.join("\n", all.map(FilesMoveTest::thing).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String thing(Path path) {
        try {
            String content = Files.isDirectory(path) ? "/" : Files.readString(path);
            return path
                    + " "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    + " "
                    + content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void refuse() {
        host.refuse(true);
    }

    @Override
    protected boolean type(List<Phrase> lines) {
        sh(String.join("\n", lines.stream().map(Phrase::toString).toList()));
        return true;
    }

    private static void sh(String text) {
        new Cli(Path.of("/"), Map.of()).run("sh", "-euc", text);
    }

    @Override
    protected void run(String script, String argument) {
        new Cli(Path.of("/"), Map.of()).run("sh", "-c", script, "script", argument);
    }

    private Work work() {
        return new Work(
                "T/1",
                Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                Optional.empty(),
                _ -> {});
    }

    @Test
    void they_are_for_their_owners_eyes_and_the_former_one_stays_beside() throws IOException {
        move().move(step(), work());

        assertThat(thing(folder().resolve(".env"))).endsWith(".env rw------- KEY=new\n");
        String aside = ".env.before-" + Sha256.of("KEY=former\n").substring(0, 12);
        assertThat(folder().resolve(aside)).hasContent("KEY=former");
        assertThat(move().forget(step(), Optional.empty(), work()).toString()).contains(".env");
    }

    @Test
    void what_somebody_wrote_meanwhile_is_not_written_over() throws IOException {
        Files.writeString(folder().resolve(".env"), "KEY=theirs\n");

        assertThatThrownBy(() -> move().move(step(), work()))
                .hasMessageContaining("somebody changed .env in between");

        assertThat(folder().resolve(".env")).hasContent("KEY=theirs");
    }

    @Test
    void files_that_are_kept_no_longer_as_planned_are_not_put() throws IOException {
        Files.writeString(bundle().resolve(".env"), "KEY=other\n");
        assertThatThrownBy(() -> move().move(step(), work()))
                .hasMessageContaining(".env is not what SHA256SUMS says of it");

        Files.delete(bundle().resolve(".env"));
        assertThatThrownBy(() -> move().move(step(), work()))
                .hasMessageContaining("these files are not in it: .env");
    }
}
