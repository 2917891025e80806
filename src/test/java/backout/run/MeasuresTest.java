package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Check;
import backout.check.Field;
import backout.check.Reading;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

class MeasuresTest {
    private static final Check TIME =
            Check.parse("GET http://h/ [RESPONSE-TIME] < 500ms", Set.of());
    private static final Check MEMORY = Check.parse("container [MEMORY] < 500MB", Set.of());

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

    @Test
    void a_number_comes_back_as_it_went() {
        Reading seen = Reading.Facts.none().with(Field.MEMORY, 123_456_789_012L);
        assertThat(Measures.reading(MEMORY, Measures.of(MEMORY, seen))).contains(seen);
    }

    @Test
    void what_was_not_measured_is_no_baseline() {
        assertThat(Measures.of(MEMORY, Reading.Facts.none())).isEmpty();
        assertThat(Measures.of(MEMORY, new Reading.NoAnswer(Phrase.of("no container")))).isEmpty();
        assertThat(Measures.of(TIME, new Reading.NoAnswer(Phrase.of("refused")))).isEmpty();
        assertThat(Measures.reading(TIME, "")).isEqualTo(Optional.empty());
    }
}
