package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Check;
import backout.check.Field;
import backout.check.Reading;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

class MeasuresTest {
    private static final Check TIME =
            Check.parse("GET http://h/ [RESPONSE-TIME] < 500ms", Set.of());
    private static final Check MEMORY =
            Check.parse("container [MEMORY] < 500MB or baseline x2", Set.of());

    private static Reading body(String text) {
        return new Reading.Answered(200, text, false, Duration.ZERO);
    }

    private static Reading answered(Duration time) {
        return new Reading.Answered(200, "body", false, time);
    }

    @Test
    void a_response_time_comes_back_as_it_went() {
        String word = Measures.of(TIME, answered(Duration.ofNanos(123_456_789)));
        assertThat(Measures.reading(TIME, word))
                .hasValueSatisfying(reading ->
                        assertThat(((Reading.Answered) reading).responseTime())
                                .isEqualTo(Duration.ofNanos(123_456_789)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [BODY].mode == baseline       | {"mode":"blue"}      | {"mode":"blue"}  | well: blue
                    [BODY].mode == baseline       | {"mode":"blue"}      | {"mode":"red"}   | unwell: red, wanted == blue before
                    [BODY].mode != baseline       | {"mode":"blue"}      | {"mode":"red"}   | well: red
                    [BODY].n == baseline          | {"n":1.10}           | {"n":1.1}        | well: 1.1
                    [BODY].n >= baseline          | {"n":12}             | {"n":11}         | unwell: 11, wanted >= 12 before
                    [BODY].n >= baseline          | {"n":"12"}           | {"n":13}         | well: 13
                    len([BODY].data) >= baseline  | {"data":[1,2,3]}     | {"data":[1,2]}   | unwell: 2, wanted >= 3 before
                    len([BODY].data) >= baseline  | {"data":[1,2,3]}     | {"data":[4,5,6]} | well: 3
                    [STATUS] == baseline          | {}                   | {}               | well: 200
                    [BODY] == baseline            | {"a": 1}             | {"a": 1}         | well: {"a": 1}
                    [BODY] == baseline            | {"a": 1}             | {"a":1}          | unwell: {"a":1}, wanted == {"a": 1} before
                    [BODY].gone == baseline       | {}                   | {"gone":1}       | unknown: there is no baseline to compare with (nobody looked before)
                    """)
    void whatever_a_body_says_is_a_baseline_that_outlives_the_process(
            String condition, String before, String now, String verdict) {
        Check check = Check.parse("GET http://h/ " + condition, Set.of());
        String word = Measures.of(check, body(before));
        assertThat(check.judge(body(now), Measures.reading(check, word))).hasToString(verdict);
    }

    @Test
    void a_long_text_is_kept_as_its_hash_and_still_told_from_another() {
        Check check = Check.parse("GET http://h/ [BODY] == baseline", Set.of());
        String before = "x".repeat(100_000);
        String word = Measures.of(check, body(before));
        assertThat(word).hasSize("sha256:".length() + 64);
        Optional<Reading> kept = Measures.reading(check, word);
        assertThat(check.judge(body(before), kept).isWell()).isTrue();
        assertThat(check.judge(body(before + "y"), kept).isWell()).isFalse();
    }

    @Test
    void what_nothing_compares_with_is_not_kept() {
        Check check = Check.parse("GET http://h/ [BODY].token == has", Set.of());
        assertThat(Measures.of(check, body("{\"token\":\"secret\"}"))).isEmpty();
    }

    @Test
    void a_number_comes_back_as_it_went() {
        Reading seen = Reading.Facts.none().with(Field.MEMORY, 123_456_789_012L);
        assertThat(Measures.reading(MEMORY, Measures.of(MEMORY, seen)))
                .contains(new Reading.Remembered("123456789012"));
    }

    @Test
    void what_was_not_measured_is_no_baseline() {
        assertThat(Measures.of(MEMORY, Reading.Facts.none())).isEmpty();
        assertThat(Measures.of(MEMORY, new Reading.NoAnswer(Phrase.of("no container")))).isEmpty();
        assertThat(Measures.of(TIME, new Reading.NoAnswer(Phrase.of("refused")))).isEmpty();
        assertThat(Measures.reading(TIME, "")).isEqualTo(Optional.empty());
    }
}
