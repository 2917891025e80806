package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class LookPatienceTest {
    private static final Subject HEALTH =
            new Subject.Http("GET", "http://localhost/health", Optional.empty());

    private final List<Long> given = new ArrayList<>();
    private long now;

    @Test
    void what_never_answers_is_waited_for_longer_up_to_the_full_time() {
        looks(LookPatience.growing(), Duration.ofMinutes(1), 4, Long.MAX_VALUE);

        assertThat(given).containsExactly(500L, 2000L, 5000L, 5000L);
    }

    @Test
    void what_is_refused_at_once_gets_no_longer_looks() {
        looks(LookPatience.growing(), Duration.ofMinutes(1), 3, 1);

        assertThat(given).containsExactly(500L, 500L, 500L);
    }

    @Test
    void no_look_lasts_longer_than_the_whole() {
        looks(LookPatience.full(), Duration.ofSeconds(6), 2, Long.MAX_VALUE);

        assertThat(given).containsExactly(5000L, 1000L);
    }

    private void looks(LookPatience patience, Duration within, int count, long answersAfterMillis) {
        Deadline by = Deadline.in(within, () -> now);
        for (int i = 0; i < count; i++) {
            var _ =
                    patience.look(
                            HEALTH,
                            by,
                            time -> {
                                given.add(time.toMillis());
                                long most = Math.min(time.toMillis(), answersAfterMillis);
                                now += Duration.ofMillis(most).toNanos();
                                return new Reading.NoAnswer(Phrase.of("nobody is there"));
                            });
        }
    }
}
