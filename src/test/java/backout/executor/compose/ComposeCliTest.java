package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Collections.nCopies;

import backout.fixture.Needs;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ComposeCliTest {
    private static final Project PLAIN =
            new Project(
                    "p", "s", Path.of("/p"), List.of(Path.of("/p/c.yml")), List.of(), List.of());
    private static final Project PROJECT =
            new Project(
                    "relay",
                    "claude-relay",
                    Path.of("/srv/my relay"),
                    List.of(Path.of("/srv/a.yml"), Path.of("/srv/b.yml")),
                    List.of(Path.of("/srv/.env"), Path.of("/srv/more.env")),
                    List.of("web", "jobs"));

    @TempDir private Path folder;

    @Test
    void up_is_of_the_one_service_and_builds_pulls_and_removes_nothing() {
        assertThat(ComposeCli.up(PROJECT, Duration.ofSeconds(10), List.of()))
                .containsExactly(
                        "docker",
                        "compose",
                        "--project-name",
                        "relay",
                        "--project-directory",
                        "/srv/my relay",
                        "--file",
                        "/srv/a.yml",
                        "--file",
                        "/srv/b.yml",
                        "--env-file",
                        "/srv/.env",
                        "--env-file",
                        "/srv/more.env",
                        "--profile",
                        "web",
                        "--profile",
                        "jobs",
                        "up",
                        "--detach",
                        "--no-build",
                        "--pull",
                        "never",
                        "--remove-orphans=false",
                        "--timeout",
                        "10",
                        "claude-relay");
    }

    @Test
    void what_a_project_does_not_name_is_left_to_compose() {
        assertThat(ComposeCli.up(PLAIN, Duration.ZERO, List.of()))
                .containsExactly(
                        "docker",
                        "compose",
                        "--project-name",
                        "p",
                        "--project-directory",
                        "/p",
                        "--file",
                        "/p/c.yml",
                        "up",
                        "--detach",
                        "--no-build",
                        "--pull",
                        "never",
                        "--remove-orphans=false",
                        "--timeout",
                        "0",
                        "s");
    }

    @Test
    void what_is_to_be_typed_works_in_any_folder_and_of_one_with_a_space() throws IOException {
        Path home = Files.createDirectory(folder.resolve("my relay"));
        var project = new Project("p", "s", home, PLAIN.files(), List.of(), List.of());
        var step =
                new Step(
                        "compose.up",
                        new TargetName("compose", "relay"),
                        Phase.SWITCH,
                        "1",
                        "2",
                        project.with(Map.of("drain", "10")),
                        Phrase.of("x"));
        var cli = new ComposeCli(Host.local(), "unix:///run/d.sock");
        assertThat(UpMove.shell(cli, step))
                .startsWith(
                        "(cd '%s' && DOCKER_HOST=unix:///run/d.sock docker compose".formatted(home))
                .endsWith(" s)");
        assertThat(ComposeCli.line(project, List.of("a", "b"), "restart"))
                .isEqualTo(
                        "docker compose --project-name p --project-directory '%s' --file /p/c.yml"
                                        .formatted(home)
                                + " restart a b");
    }

    @Test
    void a_service_that_is_called_like_an_option_is_none() {
        var project = new Project("p", "--dry-run", Path.of("/p"), List.of(), List.of(), List.of());
        assertThat(ComposeCli.up(project, Duration.ZERO, List.of("-a"), "--no-deps"))
                .endsWith("--timeout", "0", "--no-deps", "--", "--dry-run", "-a");
        assertThat(ComposeCli.remove(project)).endsWith("--force", "--", "--dry-run");
        assertThat(ComposeCli.line(project, List.of("-a"), "restart")).endsWith(" restart -- -a");
    }

    @Test
    void names_with_underscores_stay_so_through_a_step() {
        var with =
                new Project(
                                PLAIN.name(),
                                PLAIN.service(),
                                PLAIN.directory(),
                                PLAIN.files(),
                                PLAIN.envFiles(),
                                List.of("ops"),
                                true)
                        .about("t")
                        .withProfiles(List.of())
                        .madeOf(List.of(Path.of("/p/d.yml")))
                        .withEnvFiles(List.of(Path.of("/p/e")));
        var step =
                new Step(
                        "compose.up",
                        new TargetName("compose", "p"),
                        Phase.SWITCH,
                        "a",
                        "b",
                        with.with(Map.of()),
                        Phrase.verbatim("up"));
        assertThat(Project.of(step)).isEqualTo(with);
        assertThat(ComposeCli.base(Project.of(step)))
                .startsWith("docker", "compose", "--compatibility", "--project-name", "p");
        assertThat(PROJECT.with(Map.of())).doesNotContainKey("compatible");
    }

    @Test
    void what_compose_says_may_be_long_but_not_without_end() throws IOException {
        Needs.compose();
        var cli = new ComposeCli(Host.local(), "unix:///nonexistent.sock");

        assertThat(cli.config(ofMebibytes(30)).json().path("x-more").size()).isEqualTo(30);
        assertThatThrownBy(() -> cli.config(ofMebibytes(33)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("says of the project is longer than 34 MB")
                .hasMessageNotContaining("secret");
    }

    /** A project of a small file that compose says this much of. */
    private Project ofMebibytes(int size) throws IOException {
        var text =
                """
                services: {s: {image: a}}
                x-one: &one "%s"
                x-more: [%s]
                """
                        .formatted(
                                "secret".repeat(174_762), String.join(",", nCopies(size, "*one")));
        Path file = Files.writeString(folder.resolve(size + ".yml"), text);
        return new Project("p", "s", folder, List.of(file), List.of(), List.of());
    }
}
