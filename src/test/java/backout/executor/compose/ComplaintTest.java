package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docker compose 2.26 says of a file that it cannot read. */
class ComplaintTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to read /srv/.env: line 3: unexpected character \"+\" in variable name"
                        + " \"hunter2+/x==\"",
                "failed to read /srv/.env: line 4: unexpected character \"\\\"\" in variable name"
                        + " \"\\\"a+hunter2\"",
                "line 2: unterminated quoted value \"hunter2 never ends",
                "yaml: unknown anchor 'hunter2' referenced",
                "yaml: unmarshal errors:\n  line 3: cannot unmarshal !!str `hunter2` into map",
                "error decoding 'services[web].x': time: invalid duration \"hunter2\"",
                "error while interpolating services.web.privileged: failed to cast to expected"
                        + " type: invalid boolean: hunter2",
                "Invalid hostPort: hunter2",
                "strconv.ParseInt: parsing \"hunter2\": invalid syntax",
            })
    void what_a_file_holds_is_not_repeated(String said) {
        assertThat(Complaint.of(said)).doesNotContain("hunter2").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service \"web\" depends on undefined service \"db\": invalid compose project",
                "service \"web\" refers to undefined volume data: invalid compose project",
                "line 6: mapping key \"A\" already defined at line 5",
                "open /srv/web.env: no such file or directory",
                "network shop_default declared as external, but could not be found",
                "Error response from daemon: Conflict. The container name \"/shop-web-1\" is"
                        + " already in use by container \"0a1b\".",
                "exec: \"/app/start\": stat /app/start: no such file or directory",
                "services.web.ports must be a list",
                "validating /srv/compose.yml: services.web Additional property imagee is not"
                        + " allowed",
            })
    void what_helps_is_left(String said) {
        assertThat(Complaint.of(said)).isEqualTo(said);
    }

    @Test
    void a_value_that_is_shown_below_is_left_out() {
        assertThat(
                        Complaint.of(
                                """
                                invalid interpolation format for services.web.environment.DB.
                                You may need to escape any $ with another $.
                                a${!hunter2}
                                """))
                .isEqualTo(
                        "invalid interpolation format for services.web.environment.DB. / You may"
                                + " need to escape any $ with another $.");
    }

    @Test
    void the_last_lines_are_told_and_warnings_are_not() {
        assertThat(
                        Complaint.of(
                                """
                                time="2026" level=warning msg="The \\"hunter2\\" variable is not set."
                                one
                                two

                                three
                                four
                                """))
                .isEqualTo("two / three / four");
    }

    @Test
    void a_quoted_text_of_any_length_is_left_out() {
        String value = "\\x".repeat(500_000);
        assertThat(Complaint.of("no such \"" + value + "\" here"))
                .isEqualTo("no such \"***\" here");
    }
}
