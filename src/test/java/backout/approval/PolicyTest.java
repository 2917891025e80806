package backout.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.problem.Problem;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Anna (L1) asks; bert (L2), cleo (L2) and dora (L3) may vote; emil (L1) may not. */
final class PolicyTest {
    private static final String FILE = "/etc/backout/people.yml";
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final Instant UNTIL = SINCE.plus(WITHIN);
    private static final List<Person> PEOPLE =
            List.of(
                    person("anna", 1),
                    person("bert", 2),
                    person("cleo", 2),
                    person("dora", 3),
                    person("emil", 1));

    private static Person person(String name, int level) {
        return new Person(name, level, Map.of());
    }

    private static Policy policy(int votes) {
        return new Policy("production", votes, 2, Duration.ofMinutes(5), WITHIN, WITHIN, false);
    }

    private static Vote vote(String by, int level, boolean yes, long minute) {
        return new Vote(SINCE.plus(Duration.ofMinutes(minute)), by, level, yes, "plan", "why");
    }

    private static Decision decide(int votes, long minute, Vote... cast) {
        return policy(votes)
                .decide(
                        List.of(cast),
                        "anna",
                        "plan",
                        SINCE,
                        SINCE.plus(Duration.ofMinutes(minute)));
    }

    @Test
    void no_votes_needed_is_approved_by_nobody() {
        assertThat(decide(0, 0)).isEqualTo(new Decision.Approved(List.of()));
    }

    @Test
    void votes_are_counted_until_there_are_enough() {
        assertThat(decide(2, 1)).isEqualTo(new Decision.Pending(2, UNTIL));
        assertThat(decide(2, 1, vote("bert", 2, true, 1)))
                .isEqualTo(new Decision.Pending(1, UNTIL));
        assertThat(decide(2, 2, vote("bert", 2, true, 1), vote("dora", 3, true, 2)))
                .isEqualTo(new Decision.Approved(List.of("bert", "dora")));
    }

    @Test
    void a_person_counts_once() {
        assertThat(decide(2, 2, vote("bert", 2, true, 1), vote("bert", 2, true, 2)))
                .isEqualTo(new Decision.Pending(1, UNTIL));
    }

    @Test
    void the_requester_never_counts_for_yes_whatever_the_level() {
        assertThat(decide(1, 1, vote("anna", 3, true, 1)))
                .isEqualTo(new Decision.Pending(1, UNTIL));
    }

    @Test
    void the_requesters_own_no_counts_at_any_level() {
        assertThat(decide(1, 1, vote("anna", 1, false, 1)))
                .isEqualTo(new Decision.Denied("anna", "why"));
    }

    @Test
    void one_no_is_enough_even_after_enough_said_yes() {
        assertThat(decide(1, 2, vote("bert", 2, true, 1), vote("dora", 3, false, 2)))
                .isEqualTo(new Decision.Denied("dora", "why"));
    }

    @Test
    void the_last_word_of_a_person_counts() {
        assertThat(decide(1, 2, vote("bert", 2, false, 1), vote("bert", 2, true, 2)))
                .isEqualTo(new Decision.Approved(List.of("bert")));
        assertThat(decide(1, 2, vote("bert", 2, true, 1), vote("bert", 2, false, 2)))
                .isEqualTo(new Decision.Denied("bert", "why"));
    }

    @Test
    void a_vote_below_the_level_or_for_another_plan_does_not_count() {
        assertThat(decide(1, 1, vote("emil", 1, true, 1)))
                .isEqualTo(new Decision.Pending(1, UNTIL));
        assertThat(decide(1, 1, vote("emil", 1, false, 1)))
                .isEqualTo(new Decision.Pending(1, UNTIL));
        assertThat(decide(1, 1, new Vote(SINCE, "bert", 2, true, "other", "")))
                .isEqualTo(new Decision.Pending(1, UNTIL));
    }

    @Test
    void time_runs_out_at_the_very_end_and_not_before() {
        assertThat(decide(1, 29)).isEqualTo(new Decision.Pending(1, UNTIL));
        assertThat(decide(1, 30)).isEqualTo(new Decision.Expired(UNTIL));
        assertThat(decide(1, 31, vote("bert", 2, true, 30))).isEqualTo(new Decision.Expired(UNTIL));
    }

    @Test
    void what_was_approved_in_time_stays_approved() {
        assertThat(decide(1, 500, vote("bert", 2, true, 29)))
                .isEqualTo(new Decision.Approved(List.of("bert")));
    }

    @Test
    void who_may_not_vote_is_told_the_rule_and_who_may() {
        assertThat(policy(1).refuses(person("anna", 1), "anna", true, PEOPLE, FILE))
                .contains(
                        new Problem(
                                Phrase.of("nobody approves their own rollback"),
                                "anna",
                                Phrase.of("Ask one of: {0}", List.of("bert", "cleo", "dora"))));
        assertThat(policy(1).refuses(person("emil", 1), "anna", true, PEOPLE, FILE))
                .contains(
                        new Problem(
                                Phrase.of(
                                        "policy {0} takes votes from L{1} on, {2} is L{3}",
                                        "production", 2, "emil", 1),
                                "emil",
                                Phrase.of("Ask one of: {0}", List.of("bert", "cleo", "dora"))));
        assertThat(policy(1).refuses(person("bert", 2), "anna", true, PEOPLE, FILE)).isEmpty();
        assertThat(policy(1).refuses(person("anna", 1), "anna", false, PEOPLE, FILE)).isEmpty();
    }

    @Test
    void where_nobody_may_the_advice_says_so() {
        assertThat(policy(1).refuses(person("emil", 1), "bert", true, PEOPLE.subList(0, 2), FILE))
                .hasValueSatisfying(problem ->
                        assertThat(problem.next())
                                .hasToString(
                                        "Nobody else here may: raise somebody to L2 in"
                                                + " /etc/backout/people.yml"));
    }

    @Test
    void bad_numbers_make_no_policy_and_no_person() {
        assertThatThrownBy(() -> policy(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> person("x", 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void levels_are_0_to_3_and_votes_0_or_more() {
        for (int level : List.of(0, 3)) {
            assertThat(person("anna", level).level()).isEqualTo(level);
            var any = new Policy("any", 0, level, WITHIN, WITHIN, WITHIN, false);
            assertThat(any.from()).isEqualTo(level);
        }
        for (int level : List.of(-1, 4)) {
            assertThatIllegalArgumentException().isThrownBy(() -> person("anna", level));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Policy("p", 1, level, WITHIN, WITHIN, WITHIN, false));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> policy(-1));
    }
}
