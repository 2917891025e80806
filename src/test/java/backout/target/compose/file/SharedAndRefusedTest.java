package backout.target.compose.file;

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
        var shared = shared(project, "worker");
        assertThat(shared.services()).containsExactly("web", "worker");
        assertThat(shared.at()).singleElement().asString().contains("compose.yml:");
        assertRefused(() -> project.files().edit(shared, "app:1"), "web, worker");
        assertRefused(() -> project.files().editAlone(shared, "app:1"), "worker");
        var together = project.files().editTogether(shared, "app:1");
        assertThat(together.images()).containsOnlyKeys("web", "worker");
        project.apply("web", "app:1", together);
    }

    @Test
    void a_shared_variable_may_be_left_by_one_service_or_changed_for_all() {
        var project =
                project(
                                """
                                services:
                                  web: {image: 'app:${TAG}'}
                                  worker: {image: 'work:${TAG}'}
                                  db: {image: db}
                                """)
                        .with(".env", "TAG=2\n");
        var shared = shared(project, "web");
        assertThat(shared.at()).singleElement().asString().endsWith(".env:1 TAG");
        assertRefused(
                () -> project.files().editTogether(shared, "app:1" + DIGEST),
                "worker would be given the digest of app");
        project.apply("web", "app:1", project.files().editTogether(shared, "app:1"));
        assertThat(project.files().images()).containsEntry("worker", "work:1");
        project.apply(
                "web",
                "app:0" + DIGEST,
                project.files().editAlone(shared(project, "web"), "app:0" + DIGEST));
        assertThat(project.files().images()).containsEntry("worker", "work:1");
        assertThat(project.files().locate("worker")).isInstanceOf(ImageSource.InEnvFile.class);
    }

    @Test
    void an_env_line_behind_another_is_shared_too() {
        var project =
                project("services:\n  web: {image: $WEB}\n  worker: {image: $WORK}\n")
                        .with(".env", "TAG=2\nWEB=app:$TAG\nWORK=work:$TAG\n");
        project.agreesWithCompose();
        assertThat(shared(project, "web").services()).containsExactly("web", "worker");
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
        assertThat(shared(project, "a").services()).containsExactly("a", "c");
        assertThat(project.files().paths()).anyMatch(path -> path.endsWith("base.yml"));
    }

    @Test
    void an_unknown_service_is_answered_with_those_there_are() {
        var project = project("services:\n  web: {image: app}\n  db: {image: db}\n");
        var missing = project.files().locate("wbe");
        assertRefused(() -> project.files().edit(missing, "app:1"), "it has db, web");
    }

    @Test
    void what_is_only_built_says_so() {
        var project = project("services:\n  web:\n    build: .\n");
        var source = project.files().locate("web");
        assertThat(source).isInstanceOf(ImageSource.BuildOnly.class);
        assertRefused(
                () -> project.files().edit(source, "app:1"), "compose.yml:3: service web is built");
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
        assertThatThrownBy(() -> project.files().locate("web"))
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
        assertRefused(() -> project.files().locate("web"), "defined here and in an included file");
    }

    @Test
    void a_block_of_several_lines_is_left_alone() {
        var project = project("services:\n  web:\n    image: |\n      app:2\n      x\n");
        var source = project.files().locate("web");
        assertRefused(() -> project.files().edit(source, "app:1"), "nothing was changed");
    }

    @Test
    void bytes_that_are_no_utf8_are_left_alone() {
        var file = new SourceFile(directory.resolve("c.yml"), new byte[] {'a', ':', (byte) 0xFF});
        var files =
                new ComposeFiles(
                        List.of(file), directory, "p", Map.of(), List.of(), _ -> Optional.empty());
        assertRefused(() -> files.locate("web"), "not UTF-8");
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
        var source = project.files().locate("web");
        assertRefused(() -> project.files().edit(source, wanted), "is no image name");
    }

    @Test
    void an_image_that_is_there_already_changes_nothing() {
        var project = project("services:\n  web: {image: app:2}\n");
        assertThat(project.files().edit(project.files().locate("web"), "app:2").isUnchanged())
                .isTrue();
    }

    @Test
    void secrets_of_shell_and_env_files_are_in_no_text() {
        var project =
                project("services:\n  web: {image: 'app:${TAG}'}\n")
                        .with(".env", "PASSWORD=s3cret\nTAG=2 # s3cret\n")
                        .shell("KEY", "s3cret");
        var files = project.files();
        var edited = files.edit(files.locate("web"), "app:1");
        assertThat(edited.diff()).isEqualTo("- TAG=2\n+ TAG=1");
        assertThat(files + " " + files.locate("web") + edited).doesNotContain("s3cret");
    }

    private static ImageSource.Shared shared(ComposeProject project, String service) {
        return (ImageSource.Shared) project.files().locate(service);
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
