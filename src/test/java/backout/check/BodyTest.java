package backout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

class BodyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "10",
                "1.5",
                "1e5",
                "1E+5",
                "1.5e-5",
                "-12.00",
                "true",
                "false",
                "null",
                "\"\"",
                "[]",
                "{}",
                " [ ] ",
                "\t{\r\n}\n",
                "[1,[2,{\"a\":[]}]]",
                "\uFEFF{}",
                "\"\\u00e9\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\ud800\"",
                "\"\u007f\"",
            })
    void json_is_read(String text) {
        assertThat(Body.read(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x10",
                "NaN",
                "Infinity",
                "-Infinity",
                "tru",
                "True",
                "nul",
                "nullx",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u٠٠٠٠\"",
                "\"\n\"",
                "\"\t\"",
                "\"\u0000\"",
                "1 1",
                "{}{}",
                "[]]",
                "//x\n1",
                "/**/1",
                "[1]\u00a0",
                "\u00a01",
                "\uFEFF",
                "\uFEFF\uFEFF1",
                "<html>",
                "\u0000",
                "undefined",
                "[1,2",
                "{\"a\":[}",
                "\"\\u",
                "-01",
                "1.e5",
                "--1",
                "1-1",
            })
    void what_is_not_json_is_told(String text) {
        JacksonException unread = unread(text);
        assertThat(Body.isOurLimit(unread)).isFalse();
        assertThat(Body.why(text, unread).toString()).matches("(?s).+ at character [0-9]+");
    }

    private static JacksonException unread(String text) {
        return Objects.requireNonNull(
                catchThrowableOfType(JacksonException.class, () -> Body.read(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":tru}  | unexpected "t" at character 6
                    {"a":1     | it ends too early at character 7
                    "a\\q"     | unexpected "q" at character 4
                    """)
    void the_place_is_told(String text, String why) {
        assertThat(Body.why(text, unread(text))).hasToString(why);
    }

    @Test
    void what_goes_beyond_our_limits_is_no_fault_of_the_service() {
        for (String text :
                new String[] {
                    "[".repeat(100_000), "{\"a\":".repeat(66) + "1" + "}".repeat(66),
                }) {
            assertThat(Body.isOurLimit(unread(text))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1001", "1e-2147483647", "0.1e-1000", "1e99999999999999999999"})
    void a_number_out_of_range_proves_nothing(String number) {
        assertThat(judge("[BODY].a > 1", "{\"a\":" + number + "}"))
                .hasToString("unknown: the body was not read: it holds a number out of range");
    }

    @Test
    void a_number_of_too_many_digits_proves_nothing() {
        assertThat(judge("[BODY].a > 1", "{\"a\":" + "9".repeat(1001) + "}"))
                .hasToString(
                        "unknown: the body was not read: it holds a number of more than 1000"
                                + " digits");
    }

    @Test
    void nesting_up_to_the_limit_is_read() {
        assertThat(Body.read("[".repeat(65) + "]".repeat(65)).isArray()).isTrue();
    }

    @Test
    void numbers_are_exact_however_long() {
        String nines = "9".repeat(30);
        assertThat(judge("[BODY].a == " + nines, "{\"a\":" + nines + "}").isWell()).isTrue();
        assertThat(judge("[BODY].a != " + nines, "{\"a\":" + nines + ".1}").isWell()).isTrue();
        assertThat(
                        judge("[BODY].a == 0.1", "{\"a\":0.1000000000000000055511151231257827}")
                                .isWell())
                .isFalse();
    }

    @Test
    void a_number_is_shown_as_it_is_written() {
        for (String number : List.of("1.10", "-12.00", "-0", "1.10e1", "9007199254740993")) {
            assertThat(judge("[BODY].a == 7", "{\"a\":" + number + "}"))
                    .hasToString("unwell: " + number + ", wanted 7");
        }
    }

    private static Verdict judge(String condition, String body) {
        Check check = Check.parse("GET http://a " + condition, Set.of());
        var reading = new Reading.Answered(200, body, false, Duration.ofMillis(1));
        return check.judge(reading, Optional.empty());
    }

    @Test
    void of_two_members_with_one_name_the_last_counts() {
        assertThat(Body.read("{\"a\":1,\"a\":\"b\"}")).hasToString("{\"a\":\"b\"}");
    }

    @Test
    void escapes_become_their_characters() {
        assertThat(Body.read("\"\\u00E9\\ud83d\\ude00\\n\\/\"").stringValue()).isEqualTo("é😀\n/");
    }
}
