package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Half a password is no name of a variable. */
class DollarsTest {
    private static String unset(String text, String variable) {
        Map<Path, String> files =
                Map.of(Path.of("/srv/compose.yml"), "services: {}\n" + text + "\n");
        return Dollars.of(files, List.of(variable)).unset(variable).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "PASSWORD=pa$ecret123, ecret123",
        "URL: 'postgres://u:$ecret@db', ecret",
        "PASSWORD=$ecret, ecret",
        "PASSWORD=Tr0ub4dor$ABC, ABC"
    })
    void what_follows_a_dollar_in_a_text_is_told_by_its_place(String text, String variable) {
        assertThat(unset(text, variable))
                .contains("/srv/compose.yml:2")
                .contains("write $$ there")
                .doesNotContain(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=${it}", "A=x${it:-}", "A=x$it\nB=${it}"})
    void what_stands_in_braces_is_a_variable(String text) {
        assertThat(unset(text, "it")).startsWith("the variable it is not set");
    }

    @Test
    void what_is_written_as_variables_are_is_one() {
        assertThat(unset("A=http://$HOST:80", "HOST")).startsWith("the variable HOST is not set");
        assertThat(unset("nothing", "HOST")).startsWith("the variable HOST is not set");
    }

    @Test
    void what_nobody_finds_is_not_named() {
        assertThat(unset("nothing", "hidden")).doesNotContain("hidden");
    }

    @Test
    void a_longer_name_in_braces_and_two_dollars_are_something_else() {
        assertThat(unset("A=x$$ecret\nB=${ecrets}\nC=pa$ecret", "ecret"))
                .contains("/srv/compose.yml:4");
    }

    @Test
    void very_many_of_them_are_looked_for_at_once() {
        List<String> names = IntStream.range(0, 200_000).mapToObj(it -> "a" + it).toList();
        String text = names.stream().map(it -> "$" + it).collect(Collectors.joining("\n"));
        var dollars = Dollars.of(Map.of(Path.of("/srv/.env"), text), names);
        assertThat(dollars.unset("a199999").toString()).contains("/srv/.env:200000");
    }
}
