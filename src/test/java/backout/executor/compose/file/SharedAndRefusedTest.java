package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is never changed silently, and what is not changed at all. */
final class SharedAndRefusedTest {
    private static final String DIGEST = "@sha256:" + "0a1b2c3d".repeat(8);

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-i: &i app:2\nservices:\n  web: {image: *i}\n  worker: {image: *i}\n",
                "services:\n  web: {image: &i app:2}\n  worker: {image: *i}\n",
                "x-b: &b\n  image: app:2\nservices:\n  web: {<<: *b}\n  worker: {<<: [*b]}\n",
                "services:\n  web: &w\n    image: app:2\n  worker:\n    <<: *w\n",
                "services:\n  web: &w\n    image: app:2\n  worker: *w\n",
                "services:\n  web: {image: app:2}\n  worker: {extends: web}\n",
            })
    void a_scalar_used_by_two_services_is_shown_and_changed_only_together(String text) {
        var project = project(text);
        project.agreesWithCompose();
        var together = project.files().edit("worker", "app:1");
        assertThat(together.images()).containsOnlyKeys("web", "worker");
        project.apply("web", "app:1", together);
    }

    @Test
    void a_variable_that_keeps_its_value_is_not_shared() {
        var project =
                project(
                                """
                                services:
                                  web: {image: '${REGISTRY}/shop/web:${WEB_TAG:-latest}'}
                                  worker: {image: '${REGISTRY}/shop/web:${WORKER_TAG}'}
                                  redis: {image: '${REGISTRY}/shop/redis:7'}
                                """)
                        .with(".env", "REGISTRY=host:5000\nWEB_TAG=2\nWORKER_TAG=2\n");
        var edited = project.files().edit("web", "host:5000/shop/web:1" + DIGEST);
        assertThat(edited.images()).containsOnlyKeys("web");
        assertThat(project.apply("web", "host:5000/shop/web:1" + DIGEST, edited))
                .isEqualTo("WEB_TAG=1" + DIGEST);
    }

    @Test
    void services_of_one_tag_go_together_and_a_foreign_digest_is_given_to_nobody() {
        var project =
                project(
                                """
                                services:
                                  web: {image: 'app:${TAG}'}
                                  more: {image: 'app:${TAG}'}
                                  worker: {image: 'work:${TAG}'}
                                  db: {image: db}
                                """)
                        .with(".env", "TAG=2\n");
        project.apply("web", "app:1", project.files().edit("web", "app:1"));
        assertThat(project.files().images())
                .containsEntry("worker", "work:1")
                .containsEntry("more", "app:1");
        var alone = project.files().edit("web", "app:0" + DIGEST);
        assertThat(alone.images()).containsOnlyKeys("web");
        project.apply("web", "app:0" + DIGEST, alone);
        assertThat(project.files().images()).containsEntry("worker", "work:1");
    }

    @Test
    void services_of_one_repository_go_together_by_digest_too() {
        var project =
                project("services:\n  web: {image: 'app:$TAG'}\n  worker: {image: 'app:$TAG'}\n")
                        .with(".env", "TAG=2\n");
        var edited = project.files().edit("web", "app:1" + DIGEST);
        assertThat(edited.images()).containsOnlyKeys("web", "worker");
        project.apply("web", "app:1" + DIGEST, edited);
    }

    @Test
    void another_registry_is_not_given_to_those_that_share_the_variable() {
        var project =
                project(
                                """
                                services:
                                  web: {image: '$REGISTRY/web:2'}
                                  redis: {image: '$REGISTRY/redis:7'}
                                """)
                        .with(".env", "REGISTRY=host:5000\n");
        var edited = project.files().edit("web", "other:5000/web:2");
        assertThat(edited.images()).containsOnlyKeys("web");
        project.apply("web", "other:5000/web:2", edited);
    }

    @Test
    void an_env_line_behind_another_is_shared_too() {
        var project =
                project("services:\n  web: {image: $WEB}\n  worker: {image: $WORK}\n")
                        .with(".env", "TAG=2\nWEB=app:$TAG\nWORK=work:$TAG\n");
        project.agreesWithCompose();
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.images()).containsOnlyKeys("web", "worker");
        assertThat(project.apply("web", "app:1", edited)).isEqualTo("TAG=1");
        // where they cannot go together, one leaves the common variable
        assertThat(project.edit("web", "app:0" + DIGEST)).isEqualTo("WEB=app:0" + DIGEST);
        assertThat(project.files().images()).containsEntry("worker", "work:1");
    }

    @Test
    void what_compose_obeys_is_never_edited() {
        var project =
                project("services:\n  web: {image: 'app:$COMPOSE_PROFILES'}\n")
                        .with(".env", "COMPOSE_PROFILES=two\n");
        assertThat(project.edit("web", "app:one")).isEqualTo("  web: {image: 'app:one'}");
    }

    @Test
    void a_base_that_several_files_extend_is_shared() {
        var project =
                project(
                                """
                                services:
                                  a: {extends: {file: base.yml, service: b}}
                                  c: {extends: {file: base.yml, service: b}}
                                """)
                        .with("base.yml", "services: {b: {image: app:2}}\n");
        project.agreesWithCompose();
        assertThat(project.files().edit("a", "app:1").images()).containsOnlyKeys("a", "c");
        assertThat(project.files().paths()).anyMatch(path -> path.endsWith("base.yml"));
    }

    @Test
    void an_unknown_service_is_answered_with_those_there_are() {
        var project = project("services:\n  web: {image: app}\n  db: {image: db}\n");
        assertRefused(() -> project.files().edit("wbe", "app:1"), "it has db, web");
    }

    @Test
    void what_is_only_built_says_so() {
        var project = project("services:\n  web:\n    build: .\n");
        assertRefused(
                () -> project.files().edit("web", "app:1"), "compose.yml:3: service web is built");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services:\n  web:\n    image: app:2\n    image: app:3\n",
                "x-a: {k: 1, k: 2}\nservices:\n  web: {image: app:2}\n",
                "x-a: &a {a: 1}\nservices:\n  web:\n    <<: *a\n    <<: *a\n    image: app:2\n",
                "services:\n  web:\n    image: 123\n",
                "services:\n  web:\n    image: [app:2]\n",
                "services:\n  web:\n    image: app:${TAG?not there}\n",
                "services:\n  web:\n    image: app:${TAG\n",
                "services:\n  web:\n    image: app:${}\n",
                "services:\n  web:\n    image: app:2\n  web2: {extends: nobody}\n",
                "services:\n  web: {extends: {file: none.yml, service: a}}\n",
                "services:\n  web: {extends: db}\n  db: {extends: web}\n",
                "include: [none.yml]\nservices:\n  web: {image: app}\n",
                "include: [compose.yml]\nservices:\n  web: {image: app}\n",
                "services:\n  web: {image: app\n",
                "services:\n  web: {image: *nobody}\n",
                "services:\n  web: {image: app}\n---\n",
                "services:\n\tweb: {image: app}\n",
                "- web\n",
            })
    void what_compose_refuses_is_refused_with_its_place(String text) {
        var project = project(text);
        assertThat(project.composeRefuses().orElse(true)).isTrue();
        assertThatThrownBy(() -> project.files().edit("web", "app:1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().where()).matches("(?s).*compose.yml:\\d+");
                            assertThat(refused.problem().next().toString()).isNotEmpty();
                        });
    }

    @Test
    void a_service_defined_here_and_included_is_refused() {
        var project =
                project("include: [sub.yml]\nservices: {web: {image: app:2}}\n")
                        .with("sub.yml", "services: {web: {image: app:3}}\n");
        assertThat(project.composeRefuses().orElse(true)).isTrue();
        assertRefused(
                () -> project.files().edit("web", "app:1"), "defined here and in an included file");
    }

    @Test
    void a_block_of_several_lines_is_left_alone() {
        var project = project("services:\n  web:\n    image: |\n      app:2\n      x\n");
        assertRefused(() -> project.files().edit("web", "app:1"), "nothing was changed");
    }

    @Test
    void bytes_that_are_no_utf8_are_left_alone() {
        var file = new SourceFile(directory.resolve("c.yml"), new byte[] {'a', ':', (byte) 0xFF});
        var files =
                new ComposeFiles(
                        List.of(file), directory, "p", Map.of(), List.of(), _ -> Optional.empty());
        assertRefused(() -> files.edit("web", "app:1"), "not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "App:1",
                "app:1 # x",
                "app:\n1",
                "app@sha256:12",
                "app:1\"",
                "${X}",
                "a b"
            })
    void what_is_no_image_name_is_not_written(String wanted) {
        var project = project("services:\n  web: {image: app:2}\n");
        assertRefused(() -> project.files().edit("web", wanted), "is no image name");
    }

    @Test
    void an_image_that_is_there_already_changes_nothing() {
        var project = project("services:\n  web: {image: app:2}\n");
        Edited edited = project.files().edit("web", "app:2");
        assertThat(edited.after()).isEqualTo(edited.before());
    }

    @Test
    void secrets_of_shell_and_env_files_are_in_no_text() {
        var project =
                project("services:\n  web: {image: 'app:${TAG}'}\n")
                        .with(".env", "PASSWORD=s3cret\nTAG=2 # s3cret\n")
                        .shell("KEY", "s3cret");
        var files = project.files();
        var edited = files.edit("web", "app:1");
        assertThat(edited.diff()).isEqualTo("- TAG=2\n+ TAG=1");
        assertThat(files + " " + edited).doesNotContain("s3cret");
    }

    private static void assertRefused(Runnable act, String said) {
        assertThatThrownBy(act::run)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(said);
    }

    private ComposeProject project(String text) {
        return new ComposeProject(directory).compose("compose.yml", text);
    }
}
