package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.ZoneOffset;

/** Forms that a compose file can have and that an edit must leave as they are. */
final class PlantedEditTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);
    private static final String DIGEST = "@sha256:" + "0a1b2c3d".repeat(8);

    @TempDir Path directory;

    @Test
    void line_ends_of_windows_and_a_missing_last_one_stay() {
        var text = "services:\r\n  web:\r\n    image: app:2\r\n    restart: always";
        var project = project(text);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1\r");
        assertThat(project.text("compose.yml")).isEqualTo(text.replace("app:2", "app:1"));
    }

    @Test
    void mixed_line_ends_and_an_image_at_the_very_end_stay() {
        var text = "services:\n  web:\r\n    restart: always\n    image: app:2";
        var project = project(text);
        project.edit("web", "app:1");
        assertThat(project.text("compose.yml")).isEqualTo(text.replace("app:2", "app:1"));
    }

    @Test
    void a_byte_order_mark_stays() {
        var project = project("\uFEFFservices:\n  web:\n    image: app:2 # now\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1 # now");
        assertThat(project.text("compose.yml")).startsWith("\uFEFFservices:");
    }

    @Test
    void tabs_and_spaces_behind_the_value_and_in_comments_stay() {
        var project =
                project("services:\n  web:\n    image: app:2\t \t#\tnow\t\n    restart: no\t\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1\t \t#\tnow\t");
    }

    @Test
    void spaces_before_the_colon_and_many_behind_it_stay() {
        var project = project("services:\n  web :\n    image :     app:2   \n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image :     app:1   ");
    }

    @Test
    void a_comment_directly_behind_a_quote_stays() {
        var project = project("services:\n  web:\n    'image': 'app:2' #\"x'\n");
        assertThat(project.edit("web", "app:1" + DIGEST))
                .isEqualTo("    'image': 'app:1" + DIGEST + "' #\"x'");
    }

    @Test
    void double_quotes_and_escapes_are_kept_as_quotes() {
        var project = project("services:\n  web:\n    image: \"app\\u003A2\" # \"\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: \"app:1\" # \"");
    }

    @Test
    void a_folded_block_keeps_its_form() {
        var project =
                project(
                        """
                        services:
                          web:
                            image: >-  # why
                                app:2

                            restart: no
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("        app:1");
    }

    @Test
    void a_literal_block_keeps_its_form() {
        var project =
                project(
                        """
                        services:
                          web:
                            image: |
                              app:2
                          db:
                            image: |+
                              db:1

                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("      app:1");
    }

    @Test
    void a_block_with_windows_line_ends_and_its_own_text_in_the_header_comment_stays() {
        var project = project("services:\r\n  web:\r\n    image: >- # app:2\r\n      app:2\r\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("      app:1\r");
    }

    @Test
    void flow_style_stays() {
        var project =
                project("services: {web: {image: app:2, restart: always}, db: {image: 'app:2'}}\n");
        assertThat(project.edit("web", "app:1"))
                .isEqualTo(
                        "services: {web: {image: app:1, restart: always}, db: {image: 'app:2'}}");
    }

    @Test
    void json_is_yaml_too() {
        var project =
                project(
                        """
                        {"services": {"web": {
                        "image":"app:2","environment":{"P":"s3cret"}}}}
                        """);
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.diff()).doesNotContain("s3cret").contains("app:2").contains("app:1");
        project.apply("web", "app:1", edited);
    }

    @Test
    void emoji_before_the_value_do_not_shift_it() {
        var project =
                project(
                        """
                        # 👈🚀 \ud83d\udc68\u200d\ud83d\udc69
                        x-👍: "🎉"
                        services:
                          web: # 🐳
                            image: app:2 # 👈
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1 # 👈");
    }

    @Test
    void the_same_text_in_comments_environment_and_other_services_stays() {
        var project =
                project(
                        """
                        # image: app:2
                        services:
                          old: {image: app:2}
                          web:
                            # image: app:2
                            environment: ["IMAGE=app:2"]
                            image: app:2 # app:2
                            labels:
                              image: app:2
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1 # app:2");
    }

    @Test
    void a_registry_with_a_port_and_a_digest_are_replaced_whole() {
        var newer = "host:5000/app:2@sha256:" + "f".repeat(64);
        var project = project("services:\n  web:\n    image: %s\n".formatted(newer));
        assertThat(project.edit("web", "host:5000/app:1" + DIGEST))
                .isEqualTo("    image: host:5000/app:1" + DIGEST);
    }

    @Test
    void a_name_that_yaml_would_read_as_a_number_is_quoted() {
        var project = project("services:\n  web:\n    image: app:2\n");
        assertThat(project.edit("web", "123")).isEqualTo("    image: \"123\"");
    }

    @Test
    void a_tag_and_an_anchor_before_the_value_stay() {
        var project = project("services:\n  web:\n    image: &img !!str app:2\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: &img !!str app:1");
    }

    @Test
    void the_value_on_the_next_line_is_found() {
        var project = project("services:\n  web:\n    image:\n      # here\n      app:2\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("      app:1");
    }

    @Test
    void the_last_of_two_documents_wins() {
        var project =
                project(
                        """
                        services:
                          web:
                            image: app:2
                          db: {image: db}
                        ---
                        services:
                          web:
                            image: app:3
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1");
        assertThat(project.text("compose.yml")).contains("app:2").doesNotContain("app:3");
    }

    @Test
    void the_last_of_several_files_wins() {
        var project =
                project("services:\n  web: {image: app:2}\n  db: {image: db}\n")
                        .compose("b.yml", "services:\n  web:\n    image: app:3\n")
                        .compose("c.yml", "services:\n  web:\n    image:\n    restart: always\n");
        project.edit("web", "app:1");
        assertThat(project.text("b.yml")).contains("app:1");
    }

    @Test
    void reset_takes_the_earlier_image_away() {
        var project =
                project("services:\n  web: {image: app:2, build: .}\n  db: {image: db:1}\n")
                        .compose("b.yml", "services:\n  web:\n    image: !reset null\n");
        project.agreesWithCompose();
        assertBuiltOnly(project, "web");
    }

    @Test
    void an_image_given_again_after_a_reset_counts() {
        var project =
                project("services:\n  web: {image: app:2, build: .}\n")
                        .compose("b.yml", "services:\n  web:\n    image: !reset null\n")
                        .compose("c.yml", "services:\n  web:\n    image: app:3\n");
        project.edit("web", "app:1");
        assertThat(project.text("c.yml")).contains("app:1");
    }

    @Test
    void override_of_the_image_and_of_the_whole_service_count() {
        var project =
                project("services:\n  web: {image: app:2}\n  db: {image: db:1, build: .}\n")
                        .compose(
                                "b.yml",
                                """
                                services:
                                  web:
                                    image: !override app:3
                                  db: !override
                                    build: .
                                """);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: !override app:1");
        assertBuiltOnly(project, "db");
    }

    @Test
    void services_behind_profiles_are_found() {
        var project =
                project(
                        """
                        services:
                          web: {image: app:2}
                          debug:
                            profiles: [tools]
                            image: tool:2
                        """);
        assertThat(project.edit("debug", "tool:1")).isEqualTo("    image: tool:1");
    }

    @Test
    void an_own_image_wins_over_a_merge_key_wherever_it_stands() {
        var project =
                project(
                        """
                        x-b: &b {image: base:1}
                        services:
                          web:
                            image: app:2
                            <<: *b
                          db: {<<: *b}
                        """);
        assertThat(project.edit("web", "app:1")).isEqualTo("    image: app:1");
    }

    @Test
    void an_image_merged_by_one_service_alone_is_changed_where_it_stands_and_said() {
        var project =
                project(
                        """
                        x-a: &a {restart: always}
                        x-b: &b
                          image: base:2
                        services:
                          web:
                            <<: [*a, *b]
                          db: {image: db}
                        """);
        var edited = project.files().edit("web", "base:1");
        assertThat(edited.notes()).singleElement().asString().contains("merge key");
        assertThat(project.apply("web", "base:1", edited)).isEqualTo("  image: base:1");
    }

    @Test
    void an_alias_used_by_one_service_alone_is_changed_at_its_anchor_and_said() {
        var project = project("x-i: &i app:2\nservices:\n  web: {image: *i}\n");
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.notes()).singleElement().asString().contains("alias *i at");
        assertThat(CHINESE.say(edited.notes().getFirst()))
                .matches("web 的镜像来自：\\S+compose\\.yml:3 处的别名 \\*i");
        assertThat(project.apply("web", "app:1", edited)).isEqualTo("x-i: &i app:1");
    }

    @Test
    void extends_of_the_same_file_and_of_another_lead_to_the_image() {
        var project =
                project(
                                """
                                services:
                                  web:
                                    extends: {file: base/common.yml, service: app}
                                  db: {image: db}
                                """)
                        .with(
                                "base/common.yml",
                                """
                                services:
                                  app:
                                    extends: {service: root, file: ../root.yml}
                                """)
                        .with(
                                "root.yml",
                                "services:\n  root:\n    image: app:2\n    restart: always\n");
        var edited = project.files().edit("web", "app:1");
        assertThat(edited.notes().getFirst().toString())
                .contains("extends app")
                .contains("extends root");
        project.apply("web", "app:1", edited);
        assertThat(project.text("root.yml")).contains("image: app:1\n");
    }

    @Test
    void a_reset_behind_extends_takes_the_base_image_away() {
        var project =
                project(
                        """
                        services:
                          base: {image: app:2, build: .}
                          web:
                            extends: base
                            image: !reset null
                        """);
        project.agreesWithCompose();
        assertBuiltOnly(project, "web");
    }

    @Test
    void included_projects_and_their_env_files_lead_to_the_image() {
        var project =
                project(
                                """
                                include:
                                  - path: sub/compose.yml
                                  - path: [more/a.yml, more/b.yml]
                                    env_file: more/vars
                                services:
                                  db: {image: db}
                                """)
                        .with("sub/compose.yml", "services:\n  web:\n    image: app:${TAG}\n")
                        .with("sub/.env", "TAG=2\n")
                        .with("more/a.yml", "services:\n  api: {image: x}\n")
                        .with("more/b.yml", "services:\n  api:\n    image: \"api:${TAG}\"\n")
                        .with("more/vars", "# for api\nexport TAG='7' # keep\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("TAG=1");
        assertThat(project.edit("api", "api:6")).isEqualTo("export TAG='6' # keep");
    }

    @Test
    void an_include_with_its_own_project_directory_takes_the_env_file_there() {
        var project =
                project("include:\n  - path: sub/compose.yml\n    project_directory: other\n")
                        .with(
                                "sub/compose.yml",
                                """
                                services:
                                  web:
                                    image: app:${TAG:-9}
                                    extends: {file: base.yml, service: b}
                                """)
                        .with("other/base.yml", "services: {b: {restart: always}}")
                        .with("other/.env", "TAG=2\n");
        assertThat(project.edit("web", "app:1")).isEqualTo("TAG=1");
    }

    @Test
    void an_included_service_changed_by_a_later_file_is_changed_there() {
        var project =
                project("include: [sub/compose.yml]\nservices: {db: {image: db}}\n")
                        .with("sub/compose.yml", "services: {web: {image: 'app:2'}}\n")
                        .compose("b.yml", "services: {web: {image: 'app:3'}}\n");
        project.edit("web", "app:1");
        assertThat(project.text("b.yml")).contains("app:1");
    }

    private static void assertBuiltOnly(ComposeProject project, String service) {
        assertThatThrownBy(() -> project.files().edit(service, "app:1"))
                .hasMessageContaining("is built from source and names no image");
    }

    private ComposeProject project(String text) {
        return new ComposeProject(directory).compose("compose.yml", text);
    }
}
