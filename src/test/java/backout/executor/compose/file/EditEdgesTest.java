package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a small change of the code would change an edit: found by mutation testing. */
final class EditEdgesTest {
    @TempDir Path directory;

    @Test
    void services_that_a_later_file_overrides_as_a_whole_are_those_of_that_file() {
        var project =
                project("services:\n  web: {image: 'app:2'}\n  old: {image: 'old:1'}\n")
                        .compose("b.yml", "services: !override\n  web: {image: 'app:3'}\n");
        project.agreesWithCompose();
        assertThat(project.files().images()).containsOnlyKeys("web");
        assertThat(project.edit("web", "app:1")).isEqualTo("  web: {image: 'app:1'}");
        assertThat(project.text("b.yml")).contains("app:1");
    }

    @Test
    void a_service_that_a_later_file_only_names_keeps_its_image() {
        var project =
                project("services:\n  web:\n    image: app:2\n")
                        .compose("b.yml", "services:\n  web:\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1");
    }

    @ParameterizedTest
    @CsvSource({
        "'app:${TAG', 5, 5",
        "'app:${}', 5, 3",
        "'a${TAG%x}', 2, 8",
        "'${1}x', 1, 5",
    })
    void a_template_that_compose_refuses_is_shown_by_its_place(
            String image, int character, int follow) {
        assertThatThrownBy(() ->
                        project("services:\n  web:\n    image: " + image + "\n").files().images())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().what())
                                    .hasToString(
                                            "the ${…} at character %d is not one that compose"
                                                            .formatted(character)
                                                    + " understands");
                            assertThat(refused.problem().next().toString())
                                    .endsWith("; " + follow + " characters follow");
                            assertThat(refused.problem().where()).endsWith("compose.yml:3");
                        });
    }

    @Test
    void the_files_of_a_project_are_all_that_were_named_extended_and_included() {
        var project =
                project("services:\n  web: {extends: {file: base.yml, service: b}}\n")
                        .with("base.yml", "include: [never.yml]\nservices: {b: {image: 'a:1'}}\n")
                        .with(".env", "TAG=2\n")
                        .compose("b.yml", "include: [sub/c.yml]\n")
                        .with("sub/c.yml", "services: {db: {image: 'db:1'}}\n")
                        .with("sub/.env", "X=1\n");
        assertThat(project.files().paths())
                .extracting(path -> directory.toRealPath().relativize(path).toString())
                .containsExactlyInAnyOrder(
                        "compose.yml", "base.yml", ".env", "b.yml", "sub/c.yml", "sub/.env");
    }

    @Test
    void a_service_that_is_missing_or_has_nothing_to_run_says_where_and_what_to_do() {
        var project = project("services:\n  web: {image: 'app:2'}\n  db:\n    restart: always\n");
        var files = project.files();
        assertThatThrownBy(() -> files.edit("nobody", "app:1"))
                .hasMessageContaining("compose.yml: the project has no service nobody")
                .hasMessageContaining("it has db, web. name one of these");
        assertThatThrownBy(() -> files.edit("db", "app:1"))
                .hasMessageContaining("compose.yml:4: service db has neither image nor build")
                .hasMessageContaining("add image: repository:tag");
    }

    @Test
    void what_else_stands_on_the_line_is_not_shown() {
        var files =
                project(
                                "services:\n"
                                        + "  web: {environment: {P: s3cret}, image: app:2, user:"
                                        + " s3cret}\n")
                        .files();
        assertThat(files.edit("web", "app:1").diff()).isEqualTo("- … app:2\n+ … app:1");
    }

    @Test
    void the_key_is_shown_beside_its_value() {
        var files = project("services:\n  web:\n    image: 'app:2' # s3cret\n").files();
        var edited = files.edit("web", "app:1");
        assertThat(edited.diff()).isEqualTo("-     image: 'app:2\n+     image: 'app:1");
        assertThat(edited.line()).isEqualTo(3);
        assertThat(edited.notes()).isEmpty();
    }

    @Test
    void a_value_on_a_line_of_its_own_is_shown_as_it_stands() {
        var files = project("services:\n  web:\n    image:\n      app:2\n").files();
        assertThat(files.edit("web", "app:1").diff()).isEqualTo("-       app:2\n+       app:1");
    }

    @Test
    void that_a_text_takes_the_place_of_a_variable_is_said() {
        var project = project("services:\n  web: {image: 'app:${TAG}'}\n").with(".env", "TAG=2\n");
        var edited = project.files().edit("web", "other:1");
        assertThat(edited.notes())
                .singleElement()
                .hasToString(
                        "app:${TAG} is replaced by a plain text: no single variable leads to the"
                                + " wanted image");
    }

    @Test
    void another_use_of_the_variable_on_a_line_of_the_same_number_is_said() {
        var project =
                project("services:\n  web:\n    image: app:$TAG\n")
                        .compose("b.yml", "services:\n  web:\n    hostname: web-$TAG\n")
                        .with(".env", "TAG=2\n");
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.notes()).singleElement().asString().endsWith("b.yml:3");
    }

    @Test
    void a_file_that_two_others_include_is_the_same_file() {
        var project =
                project("include: [a.yml, b.yml]\nservices: {db: {image: 'db:1'}}\n")
                        .with("a.yml", "include: [c.yml]\nservices: {a: {image: 'a:1'}}\n")
                        .with("b.yml", "include: [c.yml]\nservices: {b: {image: 'b:1'}}\n")
                        .with("c.yml", "services: {web: {image: 'app:2'}}\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("services: {web: {image: 'app:1'}}");
    }

    @Test
    void services_that_are_merged_as_a_whole_are_found_where_they_stand() {
        var project =
                project(
                        """
                        x-all: &all
                          web: {image: 'app:2'}
                        services:
                          <<: *all
                          db: {image: 'db:1'}
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("  web: {image: 'app:1'}");
    }

    @Test
    void an_edit_is_written_only_over_what_it_started_from() throws IOException {
        var file = directory.resolve("compose.yml");
        Files.writeString(file, "services: {web: {image: app:2}}");
        var source = new SourceFile(file, Files.readAllBytes(file));
        var files =
                new ComposeFiles(
                        List.of(source),
                        directory,
                        "p",
                        Map.of(),
                        List.of(),
                        _ -> Optional.empty());
        var edited = files.edit("web", "app:1");
        assertThat(ComposeProject.write(edited).file()).isEqualTo(file.toRealPath());
        assertThat(file).hasContent("services: {web: {image: app:1}}");
        assertThatThrownBy(() -> ComposeProject.write(edited)).isInstanceOf(ProblemException.class);
    }

    private ComposeProject project(String text) {
        return new ComposeProject(directory).compose("compose.yml", text);
    }
}
