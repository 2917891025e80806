package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.fixture.Needs;
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

/** Of containers that the engine does not have, so that only their fate and state are told. */
class OutlookTest {
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

    private static Outlook outlook(String said, Set<String> going, ContainerSummary... containers) {
        var project =
                new Project(
                        "p", "web", Path.of("/p"), List.of(Path.of("/p/c")), List.of(), List.of());
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
        return new Outlook(
                Engine.at("unix:///var/run/docker.sock"),
                scene,
                going,
                DryRun.parse(said),
                Map.of("web", "h1", "db", "h2", "cache", "h3"));
    }

    private static ContainerSummary container(String service, String state, String hash) {
        return new ContainerSummary(
                "",
                "p-" + service + "-1",
                service + ":1",
                "sha256:ab",
                state,
                Map.of(Discovery.SERVICE, service, Discovery.HASH, hash),
                "");
    }

    private static List<String> words(List<Phrase> phrases) {
        return phrases.stream().map(Phrase::toString).toList();
    }

    @Test
    void what_compose_says_wins_over_the_hash() {
        var outlook =
                outlook(
                        "Container p-db-1  Running\nContainer p-cache-1  Recreate",
                        Set.of("web"),
                        container("web", "running", "h1"),
                        container("db", "running", "old"),
                        container("cache", "running", "h3"));
        assertThat(words(outlook.dependencies("web")))
                .containsExactly("docker compose would make cache anew");
    }

    @Test
    void without_a_word_of_compose_the_hash_tells() {
        var outlook =
                outlook(
                        "",
                        Set.of("web"),
                        container("web", "running", "old"),
                        container("db", "running", "old"),
                        container("cache", "running", "h3"),
                        container("other", "running", "old"));
        assertThat(words(outlook.dependencies("web")))
                .containsExactly("docker compose would make db anew");
        assertThat(outlook.isMadeAnew(container("web", "running", "old"))).isTrue();
        assertThat(outlook.isMadeAnew(container("web", "running", "h1"))).isFalse();
    }

    @Test
    void what_is_down_is_told_apart_and_who_goes_too_not_at_all() {
        var said = "Container p-db-1  Created\nContainer p-cache-1  Creating";
        ContainerSummary[] made = {
            container("web", "running", "h1"), container("db", "exited", "h2")
        };
        assertThat(words(outlook(said, Set.of("web"), made).down("web")))
                .containsExactlyInAnyOrder(
                        "db is exited, up would start it",
                        "cache has no container, up would make one");
        assertThat(words(outlook(said, Set.of("web", "db"), made).dependencies("web")))
                .containsExactly("cache has no container, up would make one");
    }
}
