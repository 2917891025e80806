package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.problem.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class JudgeTest {
    private static final String HEALTH =
            """
            {"status":"healthy","version":"1.1.313","uptime":12.5,"ready":true,"none":null,
             "count":"7","ten":1.10e1,"data":[{"id":"a"},{"id":"b"}],"empty":[],"word":"añb😀",
             "components":{"redis":{"status":"unhealthy"},"my-db":{"ok":1}},"star":"a*b"}
            """;

    private static Check check(String text) {
        var known = Map.of("url", "http://localhost:3000");
        return Check.parse(Check.fill(text, known), Set.of("url", "version", "to"));
    }

    private static Reading.Answered answered(int status, String body, long millis) {
        return new Reading.Answered(status, body, false, Duration.ofMillis(millis));
    }

    private static String verdict(String text, Reading reading) {
        return check(text).judge(reading, Optional.empty()).toString();
    }

    private static String verdict(String text, Reading reading, Reading baseline) {
        return check(text).judge(reading, Optional.of(baseline)).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "499, well: healthy",
        "500, 'unwell: healthy, with status 500, wanted healthy'",
        "503, 'unwell: healthy, with status 503, wanted healthy'"
    })
    void what_an_answer_says_is_not_believed_when_it_says_that_it_failed(
            int status, String verdict) {
        var failed = answered(status, "{\"status\": \"healthy\"}", 1);

        assertThat(verdict("GET {url} [BODY].status == healthy", failed)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [STATUS] == 200                           | well: 200
                    [STATUS] == 200.0                         | well: 200
                    [STATUS] == 201                           | unwell: 200, wanted 201
                    [STATUS] != 200                           | unwell: 200, wanted != 200
                    [STATUS] < 300                            | well: 200
                    [STATUS] < 200                            | unwell: 200, wanted < 200
                    [STATUS] <= 200                           | well: 200
                    [STATUS] > 200                            | unwell: 200, wanted > 200
                    [STATUS] >= 200                           | well: 200
                    [STATUS] == any(200, 204)                 | well: 200
                    [STATUS] == any(201, 204)                 | unwell: 200, wanted any(201, 204)
                    [STATUS] != any(200, 204)                 | unwell: 200, wanted != any(200, 204)
                    [RESPONSE-TIME] < 300ms                   | well: 120ms
                    [RESPONSE-TIME] < 0.2s                    | well: 120ms
                    [RESPONSE-TIME] < 100ms                   | unwell: 120ms, wanted < 100ms
                    [BODY].status == healthy                  | well: healthy
                    [BODY].status == "healthy"                | well: healthy
                    [BODY].status == Healthy                  | unwell: healthy, wanted Healthy
                    [BODY].status == health                   | unwell: healthy, wanted health
                    [BODY].status != unhealthy                | well: healthy
                    [BODY].status == pat(health*)             | well: healthy
                    [BODY].status == pat(*alt*)               | well: healthy
                    [BODY].status == pat(*unhealthy*)         | unwell: healthy, wanted pat(*unhealthy*)
                    [BODY].status != pat(un*)                 | well: healthy
                    [BODY].star == pat(a\\*b)                 | well: a*b
                    [BODY].status == pat(h\\*)                | unwell: healthy, wanted pat(h\\*)
                    [BODY].status == any(ok, healthy)         | well: healthy
                    [BODY].components.redis.status == healthy | unwell: unhealthy, wanted healthy
                    [BODY].components.my-db.ok == 1           | well: 1
                    [BODY].components.my-db.ok == 1.0         | well: 1
                    [BODY].components.mysql.ok == 1           | unwell: no .components.mysql.ok in the body, wanted 1
                    [BODY].missing != unhealthy               | unwell: no .missing in the body, wanted != unhealthy
                    [BODY].missing != pat(*x*)                | unwell: no .missing in the body, wanted != pat(*x*)
                    [BODY].components == healthy              | unwell: an object, wanted healthy
                    [BODY].components != healthy              | unwell: an object, wanted != healthy
                    [BODY].data == healthy                    | unwell: a list, wanted healthy
                    [BODY].data[1].id == b                    | well: b
                    [BODY].data[2].id == b                    | unwell: no .data[2].id in the body, wanted b
                    [BODY].status[0] == h                     | unwell: no .status[0] in the body, wanted h
                    [BODY].ready == true                      | well: true
                    [BODY].none == null                       | well: null
                    [BODY].none == healthy                    | unwell: null, wanted healthy
                    [BODY].version == 1.1.313                 | well: 1.1.313
                    [BODY].ten == 11                          | well: 1.10e1
                    [BODY].ten > 10                           | well: 1.10e1
                    [BODY].count > 5                          | well: 7
                    [BODY].count == 7.0                       | unwell: 7, wanted 7.0
                    [BODY].status > 5                         | unwell: healthy, wanted > 5
                    [BODY] == pat(*"version":"1.1*)           | well: {"status":"healthy","version":"1.1.313","uptime":12.5,"ready":true,"none":null,\\u000a "count":"7","ten":1.10e1,"data":[{…
                    len([BODY].data) == 2                     | well: 2
                    len([BODY].empty) > 0                     | unwell: 0, wanted > 0
                    len([BODY].word) == 4                     | well: 4
                    len([BODY].components) == 2               | well: 2
                    len([BODY].uptime) == 2                   | unwell: a value without length, wanted 2
                    len([BODY].missing) == 0                  | unwell: no .missing in the body, wanted 0
                    has([BODY].data) == true                  | well: true
                    has([BODY].errors) == false               | well: false
                    has([BODY].errors) == true                | unwell: false, wanted true
                    has([BODY].none) == true                  | well: true
                    [BODY].version == {version}               | unknown: nobody knows {version}
                    """)
    void an_answer_is_judged(String condition, String verdict) {
        assertThat(verdict("GET {url}/health " + condition, answered(200, HEALTH, 120)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [BODY].status == healthy     | unwell: not JSON (unexpected "<" at character 1) with 502, wanted healthy
                    [BODY].status != unhealthy   | unwell: not JSON (unexpected "<" at character 1) with 502, wanted != unhealthy
                    has([BODY].errors) == false  | unwell: not JSON (unexpected "<" at character 1) with 502, wanted false
                    len([BODY]) > 3              | unwell: not JSON (unexpected "<" at character 1) with 502, wanted > 3
                    [BODY] == <html>             | unwell: <html>, with status 502, wanted <html>
                    [STATUS] == 200              | unwell: 502, wanted 200
                    """)
    void what_is_not_json_is_unwell_where_json_is_wanted(String condition, String verdict) {
        assertThat(verdict("GET {url} " + condition, answered(502, "<html>\n", 1)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    container [STATE] == running         | unwell: restarting, wanted running
                    container [STATE] != exited          | well: restarting
                    container [IMAGE] == sha256:ab       | well: sha256:ab
                    container [RESTARTS] == 0            | well: 0
                    container [MEMORY] < 200MB           | well: 199.99MB
                    container [MEMORY] < 190MiB          | unwell: 199.99MB, wanted < 190MiB
                    container [CPU] < 10%                | unwell: 12.34%, wanted < 10%
                    container [HEALTH] == healthy        | unknown: [HEALTH] was not measured
                    container [HEALTH] != unhealthy      | unknown: [HEALTH] was not measured
                    container [IMAGE] == {to}            | unknown: nobody knows {to}
                    """)
    void a_container_is_judged(String text, String verdict) {
        Reading reading =
                Reading.Facts.none()
                        .with(Field.STATE, "restarting")
                        .with(Field.IMAGE, "sha256:ab")
                        .with(Field.RESTARTS, 0)
                        .with(Field.MEMORY, 199_990_000)
                        .with(Field.CPU, new BigDecimal("12.3401"));
        assertThat(verdict(text, reading)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    == baseline | 5 | 5 | well: 5
                    == baseline | 4 | 5 | unwell: 4, wanted == 5 before
                    >= baseline | 6 | 5 | well: 6
                    >= baseline | 4 | 5 | unwell: 4, wanted >= 5 before
                    == baseline | 0 | 0 | unknown: the pattern matches nothing
                    >= baseline | 0 | 0 | unknown: the pattern matches nothing
                    >= baseline | 0 | 5 | unwell: 0, wanted >= 5 before
                    == 0        | 0 | 0 | unknown: the pattern matches nothing
                    >= 0        | 0 | 0 | unknown: the pattern matches nothing
                    >= 1        | 0 | 0 | unwell: 0, wanted >= 1
                    >= 1        | 2 | 0 | well: 2
                    """)
    void a_count_of_nothing_proves_nothing(String condition, int now, int before, String verdict) {
        assertThat(
                        verdict(
                                "redis api_key:* [KEYS] " + condition,
                                Reading.Facts.none().with(Field.KEYS, now),
                                Reading.Facts.none().with(Field.KEYS, before)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    < 300ms or baseline x2   | 299 | 1   | well: 299ms
                    < 300ms or baseline x2   | 400 | 250 | well: 400ms, 250ms before
                    < 300ms or baseline x2   | 500 | 250 | well: 500ms, 250ms before
                    < 300ms or baseline x2   | 501 | 250 | unwell: 501ms, wanted < 300ms or 2 × 250ms
                    < 300ms                  | 400 | 250 | unwell: 400ms, wanted < 300ms
                    > 300ms or baseline x0.5 | 200 | 400 | well: 200ms, 400ms before
                    > 300ms or baseline x0.5 | 199 | 400 | unwell: 199ms, wanted > 300ms or 0.5 × 400ms
                    """)
    void a_limit_may_be_relative(String condition, int now, int before, String verdict) {
        assertThat(
                        verdict(
                                "GET {url} [RESPONSE-TIME] " + condition,
                                answered(200, "", now),
                                answered(200, "", before)))
                .isEqualTo(verdict);
    }

    @Test
    void a_limit_that_is_broken_without_a_baseline_is_unknown() {
        String text = "GET {url} [RESPONSE-TIME] < 300ms or baseline x2";
        assertThat(verdict(text, answered(200, "", 400)))
                .isEqualTo(
                        "unknown: 400ms is not < 300ms, and there is no baseline to compare with"
                                + " (nobody looked before)");
        assertThat(
                        verdict(
                                text,
                                answered(200, "", 400),
                                new Reading.NoAnswer(Phrase.of("refused"))))
                .isEqualTo(
                        "unknown: 400ms is not < 300ms, and there is no baseline to compare with"
                                + " (refused)");
        assertThat(verdict(text, answered(200, "", 200))).isEqualTo("well: 200ms");
    }

    @Test
    void a_baseline_is_judged_by_itself() {
        Reading slow = answered(200, "", 900);
        assertThat(verdict("GET {url} [RESPONSE-TIME] < 300ms or baseline x2", slow, slow))
                .isEqualTo("well: 900ms, 900ms before");
    }

    @Test
    void a_text_may_have_to_stay_as_it_was() {
        Reading now = answered(200, "{\"v\":\"2\"}", 1);
        Reading before = answered(200, "{\"v\":\"1\"}", 1);
        assertThat(verdict("GET {url} [BODY].v == baseline", now, before))
                .isEqualTo("unwell: 2, wanted == 1 before");
        assertThat(verdict("GET {url} [BODY].v != baseline", now, before)).isEqualTo("well: 2");
        assertThat(verdict("GET {url} [BODY].v == baseline", now))
                .isEqualTo("unknown: there is no baseline to compare with (nobody looked before)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET {url} [STATUS] == 200
                    GET {url} [STATUS] != 500
                    GET {url} [BODY].status != unhealthy
                    GET {url} has([BODY].error) == false
                    GET {url} [RESPONSE-TIME] > 1ms or baseline x1
                    container [STATE] != exited
                    container [RESTARTS] >= 0
                    """)
    void no_answer_is_unwell_and_no_look_is_unknown_whatever_is_wanted(String text) {
        Verdict gone = check(text).judge(new Reading.NoAnswer(Phrase.of("gone")), Optional.empty());
        assertThat(gone).isInstanceOf(Verdict.Unwell.class);
        assertThat(((Verdict.Unwell) gone).gone()).isTrue();
        var problem = new Problem(Phrase.of("our DNS is down"), "", Phrase.of("Check it"));
        assertThat(check(text).judge(new Reading.NotSeen(problem), Optional.empty()))
                .isEqualTo(new Verdict.Unknown(problem.phrase()));
    }

    @Test
    void a_body_that_was_not_read_to_its_end_is_unknown_and_its_status_is_not() {
        var cut = new Reading.Answered(200, "{\"a\":1}", true, Duration.ofMillis(1));
        assertThat(verdict("GET {url} [BODY].a == 1", cut))
                .isEqualTo("unknown: the body is longer than what is read of it");
        assertThat(verdict("GET {url} [BODY] == pat(*a*)", cut)).startsWith("unknown: ");
        assertThat(verdict("GET {url} [STATUS] == 200", cut)).isEqualTo("well: 200");
    }

    @Test
    void a_body_beyond_our_limits_is_unknown() {
        String deep = "[".repeat(70) + "]".repeat(70);
        assertThat(verdict("GET {url} [BODY].a == 1", answered(200, deep, 1)))
                .isEqualTo("unknown: the body was not read: it is nested deeper than 64 levels");
    }

    @Test
    void a_star_in_a_value_is_no_pattern() {
        Check check =
                Check.filled(
                        Check.fill(
                                "GET {url} [BODY].version == pat({version}*)",
                                Map.of("url", "http://a", "version", "*\\")));
        assertThat(check.judge(answered(200, "{\"version\":\"9\"}", 1), Optional.empty()).isWell())
                .isFalse();
        assertThat(
                        check.judge(
                                        answered(200, "{\"version\":\"*\\\\-rc1\"}", 1),
                                        Optional.empty())
                                .isWell())
                .isTrue();
    }

    @Test
    void a_value_with_braces_is_not_filled_again() {
        Check check =
                Check.filled(
                        Check.fill(
                                "GET http://a [BODY].v == {to}",
                                Map.of("to", "{Version}", "version", "x")));
        assertThat(check.judge(answered(200, "{\"v\":\"{Version}\"}", 1), Optional.empty()))
                .hasToString("well: {Version}");
    }

    @Test
    void a_reading_does_not_print_its_body() {
        assertThat(answered(200, "secret", 1).toString()).doesNotContain("secret");
        assertThat(new Secret("sk-1")).hasToString("***");
    }
}
