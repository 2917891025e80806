package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2secret",
                "DB_PASSWORD: hunter2secret",
                "passwd = hunter2secret, next",
                "{\"client_secret\": \"hunter2secret\"}",
                "{'token':'hunter2secret'}",
                "api-key=hunter2secret;",
                "API_KEY_OLD=hunter2secret",
                "ENCRYPTION_KEY=hunter2secret",
                "Authorization: Bearer hunter2secret",
                "authorization: basic hunter2secret==",
                "redis://:hunter2secret@redis:6379/0",
                "postgres://app:hunter2secret@db/x",
                "password=\"hunter2secret and more\"",
                "jwt: hunter2secret"
            })
    void what_looks_like_a_secret_is_taken_out(String line) {
        assertThat(Redaction.patterns(line)).contains("***").doesNotContain("hunter2secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health 200",
                "listening on http://127.0.0.1:3000",
                "2026-01-01T00:00:00Z level=info msg=ready",
                "Error: Cannot find module './routes/api'",
                "the password was wrong",
                "bearer of bad news"
            })
    void what_helps_is_left(String line) {
        assertThat(Redaction.patterns(line)).isEqualTo(line);
    }

    @Test
    void what_follows_on_the_line_is_left() {
        assertThat(Redaction.patterns("token=abcdefgh, user=anna"))
                .isEqualTo("token=***, user=anna");
    }

    @Test
    void known_values_go_wherever_they_stand() {
        var redaction = new Redaction(List.of("s3cr3t.*", "abc"));
        assertThat(redaction.of("xs3cr3t.*x and s3cr3tZZ and abc"))
                .isEqualTo("x***x and s3cr3tZZ and abc");
    }

    @Test
    void a_known_value_that_holds_another_goes_as_a_whole() {
        assertThat(new Redaction(List.of("hunter", "hunter2secret")).of("x hunter2secret y"))
                .isEqualTo("x *** y");
    }

    @Test
    void names_promise_secrets() {
        assertThat(List.of("JWT_SECRET", "API_KEY", "DbPassword", "SENTRY_DSN", "AUTH_HEADER"))
                .allMatch(Redaction::isSecretName);
        assertThat(List.of("PATH", "REDIS_HOST", "PORT")).noneMatch(Redaction::isSecretName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "token-",
                "password=",
                "secret=\"",
                "token='x token=\"y ",
                "bearer ",
                "basic\t",
                "://a:",
                "://:a:b",
                "jwt   ",
                "api_key : "
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_long_line_takes_no_longer_than_its_length(String piece) {
        assertThat(Redaction.patterns(piece.repeat(2_000_000 / piece.length()))).isNotEmpty();
    }

    @Test
    void a_name_may_go_on_for_long_behind_the_word() {
        assertThat(Redaction.patterns("TOKEN_" + "x".repeat(50) + "     =      hunter2secret"))
                .doesNotContain("hunter2secret");
    }
}
