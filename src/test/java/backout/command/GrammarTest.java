package backout.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.command.Grammar.Clause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

final class GrammarTest {
    @Test
    void each_form_is_read() {
        assertThat(
                        Grammar.of("RUN [to RELEASE] [with its files] [drain 0s|3s] [because R...]")
                                .clauses())
                .containsExactly(
                        new Clause(List.of(), "run", List.of(), false, false),
                        new Clause(List.of("to"), "release", List.of(), true, false),
                        new Clause(List.of("with", "its", "files"), "", List.of(), true, false),
                        new Clause(List.of("drain"), "drain", List.of("0s", "3s"), true, false),
                        new Clause(List.of("because"), "r", List.of(), true, true));
    }

    @Test
    void keys_are_the_value_or_the_words() {
        assertThat(
                        Grammar.of("[yes|no] [to RELEASE] [with its files] [drain 0s|3s]")
                                .clauses()
                                .stream()
                                .map(Clause::key))
                .containsExactly("choice", "release", "with-its-files", "drain");
    }

    @Test
    void nothing_may_follow_where_nothing_is_written() {
        assertThat(Grammar.of("").clauses()).isEmpty();
        assertThat(Grammar.of("").bare()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[to RELEASE; \"[to\" is neither a word, a VALUE nor a|b",
                "to RELEASE; \"to\": words that are typed as they stand belong into brackets",
                "[to RELEASE now]; \"to RELEASE now\": nothing may follow the value",
                "[Release]; \"Release\" is neither a word, a VALUE nor a|b",
                "[a||b]; \"a||b\" is neither a word, a VALUE nor a|b",
                "[ ]; \"\" is neither a word, a VALUE nor a|b",
                "[to X] [from X]; \"x\" is asked for twice",
                "A [B]; only one value may stand without a word before it"
            })
    void what_nobody_could_type_is_refused(String text, String told) {
        assertThatThrownBy(() -> Grammar.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(told);
    }
}
