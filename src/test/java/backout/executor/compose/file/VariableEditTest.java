package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.ImageName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** Images made of variables: which line of which file has to change. */
final class VariableEditTest {
    private static final String DIGEST = "@sha256:" + "0a1b2c3d".repeat(8);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    TAG=2                    | TAG=1
                    export TAG=2             | export TAG=1
                    `TAG='2' # now`          | `TAG='1' # now`
                    TAG="2"                  | TAG="1"
                    `  TAG = 2   # now`      | `  TAG = 1   # now`
                    TAG: 2                   | TAG: 1
                    `TAG="${V}" # x`         | `TAG="1" # x`
                    TAG=${V:-2}              | TAG=${V:-1}
                    TAG="\\x2"               | TAG="1"
                    """)
    void the_env_line_keeps_its_form(String line, String changed) {
        var project = image("app:${TAG}").with(".env", "A=1\n" + line + "\nB=\"x\ny\"\n");
        assertThat(project.edit("web", "app:1")).isEqualTo(changed);
    }

    @Test
    void windows_line_ends_and_a_missing_last_one_stay_in_env_files() {
        var project = image("app:${TAG}").with(".env", "\uFEFFA=1\r\nTAG=2\r\nB=3");
        assertThat(project.edit("web", "app:1")).isEqualTo("TAG=1\r");
    }

    @Test
    void the_last_assignment_and_the_last_env_file_win() {
        var project =
                image("app:${TAG}")
                        .envFile("a.env", "TAG=2\n")
                        .envFile("b.env", "TAG=3\nTAG=4\n#TAG=5\n");
        project.edit("web", "app:1");
        assertThat(project.text("b.env")).isEqualTo("TAG=3\nTAG=1\n#TAG=5\n");
    }

    @Test
    void a_digest_of_its_own_and_a_registry_in_full_keep_their_form() {
        var other = DIGEST.replace('0', 'f');
        var project = image("docker.io/me/app@${ID}").with(".env", "ID=" + other.substring(1));
        var written = ImageName.parse("me/app:1" + DIGEST).like("docker.io/me/app" + other);
        assertThat(project.edit("web", written)).isEqualTo("ID=" + DIGEST.substring(1));
    }

    @Test
    void only_the_variable_that_has_to_change_changes() {
        var project = image("${REPO}/x:${TAG}").with(".env", "TAG=2\nREPO=host:5000/a\n");
        assertThat(project.edit("web", "host:5000/a/x:1" + DIGEST)).isEqualTo("TAG=1" + DIGEST);
        assertThat(project.edit("web", "other/x:1" + DIGEST)).isEqualTo("REPO=other");
    }

    @Test
    void where_no_single_variable_leads_there_the_scalar_is_replaced_and_said() {
        var project = image("${REPO}/x:${TAG}").with(".env", "TAG=2\nREPO=a\n");
        var edited = project.files().edit("web", "b/x:1");
        assertThat(edited.notes()).singleElement().asString().contains("${REPO}/x:${TAG}");
        assertThat(project.apply("web", "b/x:1", edited)).isEqualTo("    image: b/x:1");
    }

    @Test
    void the_text_around_a_variable_changes_alone() {
        var project = image("app:v1.${MINOR}").with(".env", "MINOR=2\n");
        assertThat(project.edit("web", "app:v0.2")).isEqualTo("    image: app:v0.${MINOR}");
    }

    @Test
    void the_default_of_an_unset_variable_changes_inside_its_braces() {
        var project = image("\"app:${TAG:-${OTHER-2}}\" # x");
        assertThat(project.edit("web", "app:1" + DIGEST))
                .isEqualTo("    image: \"app:${TAG:-${OTHER-1" + DIGEST + "}}\" # x");
    }

    @Test
    void an_empty_variable_gives_way_to_its_soft_default_only() {
        var project = image("app:${TAG:-2}${SUFFIX-x}").with(".env", "TAG=\nSUFFIX=\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:${TAG:-1}${SUFFIX-x}");
    }

    @Test
    void a_variable_inside_a_default_changes_where_it_is_set() {
        var project = image("${IMAGE:-app:${TAG}}").with(".env", "TAG=2\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("TAG=1");
    }

    @Test
    void a_variable_made_of_variables_changes_at_the_innermost() {
        var project = image("$IMAGE").with(".env", "TAG=2\nIMAGE=\"app:${TAG}-slim\"\n");
        assertThat(project.edit("web", "app:1-slim")).isEqualTo("TAG=1");
        assertThat(project.edit("web", "app:1-fat")).isEqualTo("IMAGE=\"app:${TAG}-fat\"");
    }

    @Test
    void alternatives_for_set_variables_and_the_project_name_are_understood() {
        var project =
                image("${COMPOSE_PROJECT_NAME}_web:${DEBUG:+debug-}2").with(".env", "DEBUG=1\n");
        assertThat(project.edit("web", "proj_web:debug-1"))
                .isEqualTo("    image: ${COMPOSE_PROJECT_NAME}_web:${DEBUG:+debug-}1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:${TAG}", "$IMAGE", "app:${A:-$TAG}", "app:${TAG}-${TAG}", "a$TAG"})
    void text_is_never_glued_to_what_the_next_shell_may_set(String image) {
        var project = image("'" + image + "'").with(".env", "IMAGE=app:$TAG\n");
        var edited = project.files().edit("web", "app:1" + DIGEST);
        assertThat(edited.notes()).singleElement().asString().contains("TAG").contains("shell");
        assertThat(edited.after().text()).contains("app:1" + DIGEST).doesNotContain(DIGEST + "$");
        project.shell("TAG", "3");
        ComposeProject.write(edited);
        assertThat(project.files().images()).containsEntry("web", "app:1" + DIGEST);
        project.agreesWithCompose();
    }

    @Test
    void a_variable_of_the_shell_gives_way_to_a_plain_text() {
        var project = image("app:${TAG:-1}").with(".env", "TAG=2\n").shell("TAG", "3");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1");
    }

    @Test
    void another_service_that_gets_its_value_through_a_second_line_is_said() {
        var project =
                image("app:$TAG\n  worker: {image: w, environment: ['KEEP=${SECOND}']}")
                        .with(".env", "TAG=2\nTHIRD=v$TAG\nSECOND=v${THIRD}\n");
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.notes()).singleElement().asString().contains("compose.yml:4");
        project.apply("web", "app:1", edited);
    }

    @Test
    void a_variable_that_is_used_elsewhere_too_is_said() {
        var project =
                image("app:$TAG\n    environment:\n      - VERSION=${TAG}").with(".env", "TAG=2\n");
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.notes()).singleElement().asString().contains("compose.yml:5");
        project.apply("web", "app:1", edited);
    }

    @Test
    void an_env_file_can_give_a_variable_that_the_include_does_not_override() {
        var project =
                new ComposeProject(directory)
                        .compose("compose.yml", "include: [sub/compose.yml]\n")
                        .with("sub/compose.yml", "services: {web: {image: \"app:${TAG}\"}}\n")
                        .with("sub/.env", "TAG=3\n")
                        .with(".env", "TAG=2\n");
        project.edit("web", "app:1");
        assertThat(project.text(".env")).isEqualTo("TAG=1\n");
    }

    private ComposeProject image(String image) {
        return new ComposeProject(directory)
                .compose("compose.yml", "services:\n  web:\n    image: " + image + "\n");
    }
}
