package backout.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class JsonReaderTest {
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
    void json_is_read(String text) throws NotJson {
        assertThat(JsonReader.read(text)).isNotNull();
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
        NotJson problem = catchThrowableOfType(NotJson.class, () -> JsonReader.read(text));
        assertThat(problem).isNotNull();
        assertThat(problem.isOurLimit()).isFalse();
        assertThat(problem.why().toString()).matches("(?s).+ at character [0-9]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":tru}  | unexpected "t" at character 6
                    {"a":1     | it ends too early at character 7
                    "a\\q"     | there is no such escape at character 4
                    """)
    void the_place_is_told(String text, String why) {
        assertThatThrownBy(() -> JsonReader.read(text)).hasMessage(why);
    }

    @Test
    void what_goes_beyond_our_limits_is_no_fault_of_the_service() {
        for (String text :
                new String[] {
                    "[".repeat(100_000),
                    "{\"a\":".repeat(66) + "1" + "}".repeat(66),
                    "9".repeat(1001),
                    "1e99999999999999999999",
                    "1e-2147483647",
                    "1e1001",
                    "0.1e-1000",
                }) {
            NotJson problem = catchThrowableOfType(NotJson.class, () -> JsonReader.read(text));
            assertThat(problem.isOurLimit()).isTrue();
        }
    }

    @Test
    void nesting_up_to_the_limit_is_read() throws NotJson {
        assertThat(JsonReader.read("[".repeat(65) + "]".repeat(65))).isInstanceOf(Json.Arr.class);
    }

    @Test
    void of_two_members_with_one_name_the_last_counts() throws NotJson {
        assertThat(JsonReader.read("{\"a\":1,\"a\":\"b\"}"))
                .isEqualTo(new Json.Obj(Map.of("a", new Json.Str("b"))));
    }

    @Test
    void escapes_become_their_characters() throws NotJson {
        assertThat(JsonReader.read("\"\\u00E9\\ud83d\\ude00\\n\\/\""))
                .isEqualTo(new Json.Str("é😀\n/"));
    }
}
