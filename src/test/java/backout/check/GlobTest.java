package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            textBlock =
                    """
                    abc   | abc  | true
                    abc   | abcd | false
                    *     | ''   | true
                    **    | a    | true
                    a*    | a    | true
                    *a    | ba   | true
                    a*a   | a    | false
                    a*a   | aa   | true
                    ab*ba | aba  | false
                    *ab*  | cabd | true
                    *a*b* | ba   | false
                    a*b*c | abbc | true
                    a*b*c | acb  | false
                    a\\*  | a*   | true
                    a\\*  | ab   | false
                    a\\   | a\\  | true
                    """)
    void a_star_is_any_text(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void many_stars_on_a_long_body_end_soon() {
        assertThat(Glob.matches("*a".repeat(200) + "*b", "a".repeat(256 * 1024))).isFalse();
    }
}
