package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.chat.Cards;
import backout.chat.Message;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Glance;
import backout.run.Scout;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class LooksTest {
    private static final Message PLAN = new Message(Phrase.of("a plan"), List.of());

    private final List<String> looked = new ArrayList<>();
    private final Looks reading = new Looks(new Busy());
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

    /** They ask the service that people use. */
    @Test
    void the_checks_of_a_target_are_read_by_one_person_at_a_time() {
        Supplier<Message> first =
                reading.checks(person("li"), target("relay"), Phrase.NONE, List::of);
        for (int times = 0; times < 2; times++) {
            assertThat(first.get().summary()).hasToString("sim/relay is unknown");
        }
        String refusal = "the checks of sim/relay are being read already";
        assertThat(looked).containsExactly(refusal, "web", refusal, "web");
    }

    /** While it reads those of one target, others ask for the same and for another. */
    private final class Busy implements Scout {
        @Override
        public Plan draft(List<Target> targets, Invocation wanted) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Glance checks(Target target) {
            if (target.equals(target("relay"))) {
                looked.add(refusal());
                assertThat(
                                reading.checks(person("ann"), target("web"), Phrase.NONE, List::of)
                                        .get())
                        .isNotNull();
            } else {
                looked.add("web");
            }
            var nothing = new Evidence(Finding.UNKNOWN, List.of(), -1, List.of(), Duration.ZERO);
            return new Glance(nothing, List.of());
        }
    }

    private String refusal() {
        try {
            var _ = reading.checks(person("ann"), target("relay"), Phrase.NONE, List::of);
        } catch (ProblemException refused) {
            return refused.problem().what().toString();
        }
        return "not refused";
    }

    private static Target target(String name) {
        return new Target(
                new TargetName("sim", name),
                "local",
                "some",
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                new Settings(Map.of()));
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
