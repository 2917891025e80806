package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.fixture.Needs;
import backout.fixture.OtherHost;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of containers that the engine does not have, so that only their fate is told. */
class AnewTest {
    private static final String DOCKER = "unix:///var/run/docker.sock";
    private static final Model MODEL =
            new Model(
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"services": {
                                      "web": {"depends_on": ["db", "cache"]},
                                      "db": {}, "cache": {}, "other": {}}}
                                    """));

    @BeforeEach
    void needs() {
        Needs.docker();
    }

    private static Anew anew(String said, Edits edits, ContainerSummary... containers) {
        var project =
                new Project(
                        "p", "web", Path.of("/"), List.of(Path.of("/p/c")), List.of(), List.of());
        var scene =
                new Scene(
                        new Target(
                                new TargetName("compose", "web"),
                                "local",
                                "open",
                                Duration.ZERO,
                                Duration.ZERO,
                                List.of(),
                                new Settings(Map.of())),
                        project,
                        MODEL,
                        ComposeWarnings.parse(""),
                        containers[0],
                        List.of(containers));
        var cli = new ComposeCli(new Plugin(Host.local(), said), DOCKER);
        return Anew.look(Engine.at(DOCKER), cli, scene, Set.of("web"), edits);
    }

    private static ContainerSummary container(String service, String hash) {
        return new ContainerSummary(
                "",
                "p-" + service + "-1",
                service + ":1",
                "sha256:ab",
                "running",
                Map.of(Discovery.SERVICE, service, Discovery.HASH, hash),
                "");
    }

    private static List<String> words(List<Phrase> phrases) {
        return phrases.stream().map(Phrase::toString).toList();
    }

    @Test
    void what_compose_says_wins_over_the_hash() {
        var anew =
                anew(
                        "Container p-db-1  Running\nContainer p-cache-1  Recreate\n"
                                + "Container p-web-1  Running",
                        Edits.none(),
                        container("web", "old"),
                        container("db", "old"),
                        container("cache", "h3"));
        assertThat(words(anew.dependencies("web", Set.of("web"))))
                .containsExactly("docker compose would make cache anew");
        assertThat(words(anew.dependencies("web", Set.of("web", "cache")))).isEmpty();
        assertThat(anew.isExact("web")).isTrue();
    }

    @Test
    void a_version_without_a_dry_run_tells_by_the_hash() {
        var anew =
                anew(
                        "unknown flag: --dry-run",
                        Edits.none(),
                        container("web", "old"),
                        container("db", "old"),
                        container("cache", "h3"),
                        container("other", "old"));
        assertThat(words(anew.dependencies("web", Set.of("web"))))
                .containsExactly("docker compose would make db anew");
        assertThat(anew.isMadeAnew("web", container("web", "old"))).isTrue();
        assertThat(anew.isMadeAnew("web", container("web", "h1"))).isFalse();
        assertThat(anew.isExact("web")).isFalse();
    }

    @Test
    void what_the_edited_line_changes_is_made_anew_though_it_is_not_yet() {
        var anew =
                anew(
                        "Container p-db-1  Running\nContainer p-cache-1  Running\n"
                                + "Container p-web-1  Running",
                        Edits.parse("db environment FOR\nweb environment VERSION"),
                        container("web", "h1"),
                        container("db", "h2"),
                        container("cache", "h3"));
        assertThat(words(anew.dependencies("web", Set.of("web"))))
                .containsExactly("docker compose would make db anew: environment FOR");
        assertThat(anew.isExact("web")).isFalse();
    }

    @Test
    void a_dependency_of_more_containers_than_the_files_say_is_told_by_their_number() {
        var anew =
                anew(
                        "Container p-db-1  Running\nContainer p-db-2  Removing",
                        Edits.none(),
                        container("web", "h1"),
                        container("db", "h2"),
                        container("db", "h2"),
                        container("cache", "h3"));
        assertThat(words(anew.dependencies("web", Set.of("web"))))
                .containsExactly(
                        "the number of containers of db is 2, and docker compose would make it 1");
    }

    /** A plugin that says this of a dry run, and that knows the hashes. */
    private record Plugin(Host host, String said) implements OtherHost {
        @Override
        public Result run(Command command) {
            String text =
                    command.argv().contains("--dry-run")
                            ? said
                            : "web h1\ndb h2\ncache h3\nother h4";
            return host.run(Command.of(Duration.ofSeconds(10), "printf", "%s\n", text));
        }
    }
}
