package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import backout.docker.ContainerSummary;
import backout.executor.compose.traits.Trait;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Release;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class FootingTest {
    private static final TargetName WEB = new TargetName("compose", "web");

    @TempDir private Path folder;

    private Scene scene(Project project, String label) {
        var json =
                new JsonMapper()
                        .readTree(
                                """
                                {"services": {"web": {"image": "a:1", "labels": {"a\\nb\\\\n": "LABEL"}}},
                                 "configs": {"c": {"file": "FOLDER/big"}}}
                                """
                                        .replace("LABEL", label)
                                        .replace("FOLDER", folder.toString()));
        var target =
                new Target(
                        WEB,
                        "local",
                        "open",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(Map.of()));
        return new Scene(
                target,
                project,
                new Model(json),
                new ComposeWarnings(List.of()),
                Scene.noContainer(project, "a:1"),
                List.<ContainerSummary>of());
    }

    @Test
    void names_of_several_lines_and_files_of_any_size_are_noted() throws IOException {
        Path big = folder.resolve("big");
        Files.write(big, new byte[ProjectFiles.MAX_BYTES + 1]);
        Path file = Files.writeString(folder.resolve("compose.yml"), "services: {web: {image: a}}");
        var project = new Project("p", "web", folder, List.of(file), List.of(), List.of());
        var host = Host.local();
        var files = new ProjectFiles(host, new ComposeCli(host, "unix:///nonexistent.sock"));
        var footing = new Footing(host, files, folder.resolve("key.txt"));
        var release =
                new Release("1", "a:1", "1", "", Instant.EPOCH, Instant.EPOCH, null, null, null);
        var choice = new Chosen(release, "a:1", "1", true, Phrase.NONE, List.of());
        var scene = scene(project, "one");
        var member = new Member(project, scene.container(), choice, false, false);
        var noted = requireNonNull(footing.of(scene, List.of(member), Edits.none()).get(member));
        var step =
                new Step(
                        "compose.up",
                        WEB,
                        Step.Phase.SWITCH,
                        "1",
                        "2",
                        project.with(noted),
                        Phrase.of("x"));
        assertThat(footing.changed(scene, step, List.of())).isEmpty();
        assertThat(footing.changed(scene(project, "two"), step, List.of()))
                .singleElement()
                .hasToString("docker compose would give web another label a\nb\\n now");
        Files.write(big, new byte[ProjectFiles.MAX_BYTES + 2]);
        assertThat(footing.changed(scene, step, List.of()))
                .singleElement()
                .hasToString(big + " is not what it was when the plan was made");
    }

    @Test
    void keys_of_several_lines_come_back_from_their_lines() {
        var trait = new Trait("label", "a\nb \\n\\ c");
        var edits = new Edits(new TreeMap<>(Map.of("web", List.of(trait))));
        assertThat(Edits.parse(edits.lines()).of("web")).containsExactly(trait);
    }
}
