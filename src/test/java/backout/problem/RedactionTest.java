package backout.problem;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Token hunter2secret",
                "authorization=\"Digest username=a, response=hunter2secret\"",
                "{\"Authorization\":\"hunter2secret\",\"x\":1}",
                "{\\\"authorization\\\":\\\"Token hunter2secret\\\"}",
                "map[Accept:[*/*] Authorization:[Token hunter2secret]]",
                "Proxy-Authorization: hunter2secret",
                "Cookie: theme=dark; sessionid=hunter2secret",
                "Cookie: a=\"b\"; sessionid=hunter2secret",
                "set-cookie => sid=hunter2secret; Path=/",
                "using token hunter2secret0123456789",
                "key AKIAHUNTER2SECRETXXX found",
                "AKIAHUNTER2SECRETXXX",
                "stripe sk_live_hunter2secretXYZ",
                "openai sk-live-hunter2secretXYZ",
                "sk-proj-hunter2secretXYZ_1",
                "sk-hunter2secrethunter2secret",
                "ghp_hunter2secrethunter2secret000000",
                "remote https://github_pat_hunter2secret_0000",
                "xoxb-1234-hunter2secret",
                "xoxp-1-hunter2secret",
                "xapp-1-A-hunter2secret",
                "glpat-hunter2secret-0000",
                "npm_hunter2secrethunter2secret000000",
                "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.hunter2secret",
                "?jwt eyJhbGciOiJIUzI1NiJ9.hunter2secret.x&a=b",
                "prefixeyJhbGciOiJIUzI1NiJ9.hunter2secret",
                "postgres://app:a/b/hunter2secret@db:5432/x",
                "postgres://app:p@ss/hunter2secret@db/x?sslmode=off",
                "dsn=mysql://root:hunter2secret/@db,next",
                "from http://a/x,amqp://u:hunter2secret/x@mq/",
                "http://anna:hunter2secret@127.0.0.1:3000/",
                "-----BEGIN RSA PRIVATE KEY-----\nhunter2secret\n-----END RSA PRIVATE KEY-----",
                "key=-----BEGIN PRIVATE KEY-----\\nhunter2secret",
                "-----BEGIN OPENSSH PRIVATE KEY-----hunter2secret"
            })
    void what_has_the_form_of_a_secret_is_taken_out(String line) {
        assertThat(Redaction.patterns(line))
                .contains("***")
                .doesNotContainIgnoringCase("hunter2secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://127.0.0.1:3000/users/a@example.com 200",
                "mail to anna@example.com at 10:30",
                "image registry.example.com:5000/team/app@sha256:0123456789abcdef0123456789abcdef",
                "task-live-reload and disk-test-runner are up",
                "token expired yesterday, a bearer of news",
                "no cookie was sent; authorization failed for anna",
                "at com.example.service.RelayApiController.handle(RelayApiController.java:42)",
                "npm_config_user_agent is set",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "-----BEGIN CERTIFICATE-----"
            })
    void what_only_resembles_one_is_left(String line) {
        assertThat(Redaction.patterns(line)).isEqualTo(line);
    }

    @Test
    void a_private_key_over_several_lines_is_taken_out_also_where_its_beginning_is_gone() {
        var redaction = new Redaction(List.of());
        assertThat(
                        redaction.of(
                                List.of(
                                        "ready",
                                        "-----BEGIN EC PRIVATE KEY-----",
                                        "MHcCAQEEIHunter2secret",
                                        "-----END EC PRIVATE KEY-----",
                                        "GET / 200")))
                .isEqualTo(List.of("ready", "***", "***", "***", "GET / 200"));
        assertThat(
                        redaction.of(
                                List.of(
                                        "GET / 200",
                                        "AAhunter2secret/+=",
                                        "BB",
                                        "-----END PRIVATE KEY-----",
                                        "ready")))
                .isEqualTo(List.of("GET / 200", "***", "***", "***", "ready"));
    }

    /** Each of them once cost the square of its length, or would with a careless pattern. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJ",
                "eyJ.",
                "://",
                "http://a:1/x@",
                "://a:",
                "://a@",
                "x@",
                "authorization",
                "cookie:",
                "token ",
                "-----BEGIN PRIVATE KEY",
                "-----END ",
                "sk-",
                "AKIA",
                "bearer ",
                "a",
                "=",
                "\\",
                "\""
            })
    @Timeout(20)
    void a_long_line_costs_what_it_is_long(String piece) {
        String line = piece.repeat(400_000 / piece.length());
        assertThat(SecretShapes.hidden(line)).isNotEmpty();
        assertThat(SecretShapes.withoutKeys(List.of(line, line))).hasSize(2);
    }

    @Test
    void of_a_line_of_a_log_only_the_beginning_is_looked_at_and_no_half_of_a_secret_stays() {
        var redaction = new Redaction(List.of("hunter2secret"));
        assertThat(redaction.of(List.of("x".repeat(8185) + "hunter2secret" + "y".repeat(90_000))))
                .singleElement()
                .asString()
                .matches("x{7000,7200}…");
        assertThat(redaction.of(List.of("hunter2secret ".repeat(5_000))))
                .singleElement()
                .asString()
                .matches("(\\*\\*\\* )*+\\*{0,2}…");
        assertThat(redaction.of(List.of("😀".repeat(50_000), "short")))
                .satisfiesExactly(
                        cut -> assertThat(cut).hasSizeLessThan(8_192).endsWith("😀…"),
                        whole -> assertThat(whole).isEqualTo("short"));
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
        assertThat(Redaction.patterns(piece.repeat(400_000 / piece.length()))).isNotEmpty();
    }

    @Test
    void a_name_may_go_on_for_long_behind_the_word() {
        assertThat(Redaction.patterns("TOKEN_" + "x".repeat(50) + "     =      hunter2secret"))
                .doesNotContain("hunter2secret");
    }
}
