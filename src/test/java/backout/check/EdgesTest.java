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

/** Where a small change of the code would change a verdict: found by mutation testing. */
class EdgesTest {
    private static Check check(String text) {
        var known = Map.of("url", "http://localhost:3000");
        return Check.parse(Check.fill(text, known), Set.of("url", "version", "to"));
    }

    private static Reading answer(String body) {
        return new Reading.Answered(200, body, false, Duration.ofMillis(120));
    }

    private static String verdict(String check, String now, String before) {
        return check("GET {url} " + check)
                .judge(answer(now), Optional.of(answer(before)))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\" : 1 , \"b\" : [ 1 , 2 ] }",
                "{\n\t\"a\"\r\n:\n1\t,\"b\":[1\n,\n2]\n}",
                "{\"a\":1,\"b\":[1,2]}"
            })
    void space_stands_wherever_json_allows_it(String body) {
        assertThat(verdict("len([BODY].b) == 2", body, body)).isEqualTo("well: 2");
        assertThat(verdict("[BODY].a == 1", body, body)).isEqualTo("well: 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [BODY].mode == baseline | {"mode":"a"} | {"mode":"a"} | well: a
                    [BODY].mode == baseline | {"mode":"b"} | {"mode":"a"} | unwell: b, wanted == a before
                    [BODY].mode != baseline | {"mode":"b"} | {"mode":"a"} | well: b
                    [BODY].mode != baseline | {"mode":"a"} | {"mode":"a"} | unwell: a, wanted != a before
                    """)
    void a_text_is_compared_with_the_same_text_before(
            String check, String now, String before, String verdict) {
        assertThat(verdict(check, now, before)).isEqualTo(verdict);
    }

    @Test
    void a_text_cannot_be_ranked_against_a_text_before() {
        assertThat(verdict("[BODY].mode < baseline", "{\"mode\":\"b\"}", "{\"mode\":\"a\"}"))
                .startsWith("unknown: there is no baseline to compare with");
    }

    @Test
    void a_limit_that_a_placeholder_filled_with_words_is_refused() {
        String filled = Check.fill("GET http://localhost [BODY].n < {to}", Map.of("to", "many"));
        assertThatThrownBy(() -> Check.filled(filled))
                .hasMessageContaining("\"many\" at character 33")
                .hasMessageContaining("cannot be compared with [BODY].n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [BODY].version == {version} | true
                    [BODY].image == {to}        | true
                    [BODY].home == {url}        | false
                    [BODY].status == healthy    | false
                    """)
    void what_asks_which_release_runs_is_known(String condition, boolean identifies) {
        assertThat(
                        Check.parse("GET {url} " + condition, Set.of("url", "version", "to"))
                                .condition()
                                .identifies())
                .isEqualTo(identifies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET {url} [STATUS] == 200 within 5s within 6s",
                "GET {url} [STATUS] == 200 3 times 4 times",
                "GET {url} [RESPONSE-TIME] < 1s or baseline x2 or baseline x3"
            })
    void what_is_said_twice_is_refused(String text) {
        assertThatThrownBy(() -> check(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is said twice");
    }

    @ParameterizedTest
    @CsvSource({"999, 999B", "1000, 1KB", "999999, 1000KB", "1000000, 1MB", "1000000000, 1GB"})
    void a_size_is_shown_in_the_unit_that_it_reaches(BigDecimal bytes, String shown) {
        assertThat(Quantity.shown(Field.Kind.SIZE, bytes)).isEqualTo(shown);
    }

    @Test
    void a_fact_of_the_wrong_kind_is_our_own_fault() {
        assertThatThrownBy(() -> Reading.Facts.none().with(Field.MEMORY, "much"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reading.Facts.none().with(Field.STATE, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_answered_is_not_repeated_in_a_log() {
        assertThat(answer("hush").toString()).isEqualTo("Answered[200, 4 characters]");
    }

    @ParameterizedTest
    @CsvSource({"a*b*c, abc, true", "a*b*c, a-b-c, true", "a*bb*b, abb, false", "a*b, ab, true"})
    void a_pattern_takes_each_of_its_pieces_once(String pattern, String text, boolean like) {
        assertThat(
                        check("GET {url} [BODY] == pat(" + pattern + ")")
                                .judge(answer(text), Optional.empty())
                                .isWell())
                .isEqualTo(like);
    }

    @Test
    void a_quoted_word_holds_spaces_and_escaped_quotes() {
        assertThat(verdict("[BODY].a == \"x \\\" y\"", "{\"a\":\"x \\\" y\"}", "{}"))
                .startsWith("well");
    }
}
