package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.chat.Cards;
import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class LooksTest {
    private static final Message PLAN = new Message(Phrase.of("a plan"), List.of());

    private final Looks looks = new Looks((_, _) -> Cards.relayPlan());

    private static Person person(String name) {
        return new Person(name, 0, Map.of());
    }

    /** Each asks while the one before still looks. */
    private Supplier<Message> nested(int people) {
        return people == 0
                ? () -> PLAN
                : looks.of(person("p" + people), () -> nested(people - 1).get());
    }

    @Test
    void a_person_has_one_at_a_time() {
        var first =
                looks.of(
                        person("li"),
                        () -> {
                            assertThatThrownBy(() -> looks.of(person("li"), () -> PLAN))
                                    .isInstanceOf(ProblemException.class)
                                    .hasMessageContaining("still being made");
                            return PLAN;
                        });
        assertThat(first.get()).isEqualTo(PLAN);
        assertThat(looks.of(person("li"), () -> PLAN).get()).isEqualTo(PLAN);
    }

    @Test
    void two_that_were_asked_for_at_once_are_not_made_at_once() {
        Supplier<Message> second = looks.of(person("li"), () -> PLAN);
        var first = looks.of(person("li"), second);
        assertThatThrownBy(first::get).hasMessageContaining("still being made");
    }

    @Test
    void all_together_have_a_few() {
        assertThat(nested(4).get()).isEqualTo(PLAN);
        assertThatThrownBy(() -> nested(5).get())
                .hasMessageContaining("the bot looks at enough things already");
    }

    @Test
    void one_that_comes_to_nothing_is_over_too() {
        var fails =
                looks.of(
                        person("li"),
                        () -> {
                            throw new IllegalStateException("no engine");
                        });
        assertThatThrownBy(fails::get).hasMessage("no engine");
        assertThat(looks.of(person("li"), () -> PLAN).get()).isEqualTo(PLAN);
    }
}
