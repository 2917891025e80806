package backout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CheckParseTest {
    private static final Set<String> KNOWN = Set.of("url", "version", "to");

    private static Check parse(String text) {
        return Check.parse(text, KNOWN);
    }

    @Test
    void every_part_of_a_check_is_read() {
        Check check =
                parse(
                        "should: GET {url}/api/v1/models as {api-key} [RESPONSE-TIME] < 300ms"
                                + " within 60s 3 times or baseline x1.5");
        assertThat(check)
                .isEqualTo(
                        new Check(
                                new Subject.Http(
                                        "GET", "{url}/api/v1/models", Optional.of("api-key")),
                                new Condition(
                                        Field.RESPONSE_TIME,
                                        BodyPath.WHOLE,
                                        Condition.Form.VALUE,
                                        Operator.LESS,
                                        new Wanted.Exactly("300ms")),
                                Check.Severity.SHOULD,
                                Optional.of(Duration.ofSeconds(60)),
                                3,
                                Optional.of(new BigDecimal("1.5")),
                                Check.Stage.LIMITS,
                                check.text(),
                                false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    GET {url}/health [STATUS] == 200 within 60s                        | LIVENESS
                    GET {url}/health [BODY].status == healthy within 60s               | FUNCTIONAL
                    GET {url}/health [BODY].components.redis.status == healthy         | FUNCTIONAL
                    GET {url}/health [BODY].version == {version}                       | IDENTITY
                    GET {url}/health [BODY].version == pat({version}*)                 | IDENTITY
                    GET {url}/health [BODY].version == any({version}, dev)             | IDENTITY
                    HEAD {url}/web [STATUS] == any(200, 204)                           | LIVENESS
                    GET {url}/api/v1/models as {api-key} [STATUS] == 200               | FUNCTIONAL
                    GET https://a.example/x?y=@z [STATUS] == 200                       | LIVENESS
                    GET {url}/health [RESPONSE-TIME] < 300ms or baseline x2            | LIMITS
                    GET {url}/list [BODY][0].my-key == "all good"                      | FUNCTIONAL
                    GET {url}/list len([BODY].data) >= 1                               | FUNCTIONAL
                    GET {url}/list has([BODY].errors) == false                         | FUNCTIONAL
                    GET {url}/web [BODY] == pat(*<title>Claude (relay)</title>*)       | FUNCTIONAL
                    must: container [STATE] == running                                 | LIVENESS
                    container [HEALTH] != unhealthy                                    | LIVENESS
                    container [RESTARTS] == 0                                          | LIVENESS
                    container [IMAGE] == {to}                                          | IDENTITY
                    container [MEMORY] < 200MB 2 times                                 | LIMITS
                    info: container [CPU] <= 10%                                       | LIMITS
                    redis apikey:* [KEYS] >= baseline                                  | DATA
                    disk /var/lib/docker [FREE] > 2GB                                  | LIMITS
                    """)
    void a_check_is_read_and_keeps_its_text(String text, Check.Stage stage) {
        Check check = parse(text);
        assertThat(check.stage()).isEqualTo(stage);
        assertThat(check.text()).isEqualTo(text);
        assertThat(check).hasToString(text);
        assertThat(parse(check.text())).isEqualTo(check);
    }

    @Test
    void the_shown_line_has_no_patience_and_nothing_is_left_to_fill() {
        String text = "GET {url}/health [BODY].version == {version} within 60s";
        var known = Map.of("url", "http://localhost:3000", "version", "1.1.313");
        Check filled = Check.filled(Check.fill(text, known));
        assertThat(filled.shown())
                .isEqualTo("GET http://localhost:3000/health [BODY].version == 1.1.313");
        assertThat(filled.unfilled()).isEmpty();
        assertThat(parse(text).unfilled()).containsExactly("url", "version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    GETT {url} [STATUS] == 200 | "GETT" at character 1 of "GETT {url} [STATUS] == 200" cannot be looked at. Did you mean GET? Known: GET, HEAD, container, process, redis, disk, dns
                    should GET {url} [STATUS] == 200 | "should" at character 1 of "should GET {url} [STATUS] == 200" cannot be looked at. Known: GET, HEAD, container, process, redis, disk, dns
                    shoud: GET {url} [STATUS] == 200 | "shoud:" at character 1 of "shoud: GET {url} [STATUS] == 200" is no severity. Did you mean should:? Known: must:, should:, info:
                    GET | "GET" ends where an address is expected. Add it, such as {url}/health
                    GET /health [STATUS] == 200 | "/health" at character 5 of "GET /health [STATUS] == 200" is no address. Begin it with {url}, http:// or https://
                    GET {url}/health | "GET {url}/health" ends where a field is expected. Add one of: [STATUS], [BODY], [RESPONSE-TIME]
                    GET {ulr} [STATUS] == 200 | "{ulr}" at character 5 of "GET {ulr} [STATUS] == 200" holds {ulr}, which nothing fills. Did you mean {url}? Known: {to}, {url}, {version}
                    GET {url} [STATUS] == | "GET {url} [STATUS] ==" ends where a value is expected. Add it, such as a number such as 200
                    GET {url} [STATUS]==200 | "[STATUS]==200" at character 11 of "GET {url} [STATUS]==200" is one word. Put spaces around ==
                    GET {url} [STATUS]<=200 | "[STATUS]<=200" at character 11 of "GET {url} [STATUS]<=200" is one word. Put spaces around <=
                    GET {url} [status] == 200 | "[status]" at character 11 of "GET {url} [status] == 200" cannot be seen of GET. Did you mean [STATUS]? Known: [STATUS], [BODY], [RESPONSE-TIME]
                    GET {url} STATUS == 200 | "STATUS" at character 11 of "GET {url} STATUS == 200" cannot be seen of GET. Did you mean [STATUS]? Known: [STATUS], [BODY], [RESPONSE-TIME]
                    GET {url} [MEMORY] < 1MB | "[MEMORY]" at character 11 of "GET {url} [MEMORY] < 1MB" cannot be seen of GET. Known: [STATUS], [BODY], [RESPONSE-TIME]
                    HEAD {url} [BODY] == x | "[BODY]" at character 12 of "HEAD {url} [BODY] == x" cannot be seen of HEAD. Known: [STATUS], [RESPONSE-TIME]
                    GET {url} [STATUS].a == 200 | "[STATUS].a" at character 11 of "GET {url} [STATUS].a == 200" names no place. Write [STATUS] alone
                    GET {url} [BODY]..a == 200 | "[BODY]..a" at character 11 of "GET {url} [BODY]..a == 200" names no place. Write a path such as [BODY].components.redis[0].status
                    GET {url} len([STATUS]) == 3 | "len([STATUS])" at character 11 of "GET {url} len([STATUS]) == 3" is no place in a body. Use it with [BODY]
                    GET {url} [STATUS] = 200 | "=" at character 20 of "GET {url} [STATUS] = 200" is no operator. Write one of: == != < <= > >=
                    GET {url} [STATUS] == OK | "OK" at character 23 of "GET {url} [STATUS] == OK" cannot be compared with [STATUS]. Write a number such as 200
                    GET {url} [STATUS] == any(200, ok) | "any(200, ok)" at character 23 of "GET {url} [STATUS] == any(200, ok)" cannot be compared with [STATUS]. Write a number such as 200
                    GET {url} [STATUS] == pat(2*) | "pat(2*)" at character 23 of "GET {url} [STATUS] == pat(2*)" compares text. Use it with == or != and a text field
                    GET {url} [RESPONSE-TIME] < 300 | "300" at character 29 of "GET {url} [RESPONSE-TIME] < 300" cannot be compared with [RESPONSE-TIME]. Write a number and its unit: 300ms, 2s, 1m
                    container [MEMORY] < 200Mb | "200Mb" at character 22 of "container [MEMORY] < 200Mb" cannot be compared with [MEMORY]. Write a number and its unit: 200MB, 512KiB, 1GB
                    container [CPU] < 10 | "10" at character 19 of "container [CPU] < 10" cannot be compared with [CPU]. Write a number and a percent sign: 10%
                    container [STATE] > running | "running" at character 21 of "container [STATE] > running" is nothing to rank text by. Compare it with == or !=
                    GET {url} [BODY].a > b | "b" at character 22 of "GET {url} [BODY].a > b" cannot be compared with [BODY].a. Write a number such as 200
                    GET {url} [BODY] == pat(a | "pat(a" at character 21 of "GET {url} [BODY] == pat(a" has no end. Add a )
                    GET {url} [BODY] == "a b | "a b" at character 21 of "GET {url} [BODY] == "a b" has no end. Add a "
                    GET {url} has([BODY].a) == yes | "yes" at character 28 of "GET {url} has([BODY].a) == yes" is no answer to has(). Write true or false
                    GET {url} [STATUS] == 200 wthin 60s | "wthin" at character 27 of "GET {url} [STATUS] == 200 wthin 60s" is not understood after the condition. Known: within 60s, 3 times, or baseline x1.5
                    GET {url} [STATUS] == 200 within 60 | "60" at character 34 of "GET {url} [STATUS] == 200 within 60" is no duration of at most a day. Write a number and its unit: 300ms, 2s, 1m
                    GET {url} [STATUS] == 200 within 25h | "25h" at character 34 of "GET {url} [STATUS] == 200 within 25h" is no duration of at most a day. Write a number and its unit: 300ms, 2s, 1m
                    GET {url} [STATUS] == 200 within 1s within 2s | "within" at character 37 of "GET {url} [STATUS] == 200 within 1s within 2s" is said twice. Take one of them out
                    GET {url} [STATUS] == 200 0 times | "0" at character 27 of "GET {url} [STATUS] == 200 0 times" is no number of times. Write 1 to 99
                    GET {url} [STATUS] == 200 3 | "GET {url} [STATUS] == 200 3" ends where times is expected. Add it, such as times
                    GET {url} [STATUS] == 200 or baseline x2 | "or" at character 27 of "GET {url} [STATUS] == 200 or baseline x2" needs a limit before it. Compare with a number by <, <=, > or >=
                    container [CPU] < 10% or baseline 2 | "2" at character 35 of "container [CPU] < 10% or baseline 2" is no factor. Write one such as x1.5
                    container [CPU] < 10% or baseline x0 | "x0" at character 35 of "container [CPU] < 10% or baseline x0" is no factor. Write one such as x1.5
                    disk data [FREE] > 1GB | "data" at character 6 of "disk data [FREE] > 1GB" is no absolute folder. Begin it with /
                    GET {url} as | "GET {url} as" ends where a secret is expected. Add it, such as {api-key}
                    """)
    void what_is_wrong_is_quoted_with_its_place_and_the_nearest_word(String text, String problem) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET {url} as sk-live-1 [STATUS] == 200",
                "GET {url} as {sk-live-1 [STATUS] == 200",
                "GET http://bob:sk-live-1@host/ [STATUS] == 200",
                "GET https://sk-live-1@host [STATUS] == 200",
            })
    void a_secret_that_was_typed_into_a_check_is_not_repeated(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ProblemException.class)
                .message()
                .doesNotContain("sk-live-1")
                .contains("as {api-key}");
    }

    @Test
    void nothing_and_too_much_are_refused() {
        assertThatThrownBy(() -> parse(" \t"))
                .hasMessage(
                        "a check says nothing. Write one, such as"
                                + " GET {url}/health [STATUS] == 200");
        assertThatThrownBy(() -> parse("GET ".repeat(300)))
                .message()
                .startsWith("a check of 1200 characters, which begins with \"GET GET")
                .endsWith("is too long. Write at most 1000 characters");
    }

    @Test
    void invisible_characters_are_made_visible() {
        assertThatThrownBy(() -> parse("G\u202eET\u0000 x"))
                .message()
                .startsWith("\"G\\u202eET\" at character 1 of \"G\\u202eET\\u0000 x\"");
    }
}
