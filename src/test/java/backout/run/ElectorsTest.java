package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrases;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.RunEvent.PlanChanged;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose word counts on a plan, while people come, rise and leave. */
final class ElectorsTest {
    private final HandClock clock = new HandClock();
    private final Told told = new Told();
    private final Map<String, Person> people = new LinkedHashMap<>();

    private ElectorsTest() {
        is("anna", 1);
        is("ben", 2);
        is("eva", 0);
    }

    private void is(String name, int level) {
        people.put(name, new Person(name, level, Map.of()));
    }

    private Site site() {
        Site site = World.site(Scenario.all().getFirst());
        return new Site(site.commands(), site.targets(), people, site.policies());
    }

    /** As the runner makes the event of a plan. */
    private void plan() {
        var executors = new Executors(Map.of(), clock);
        var journal = new MemoryJournal(new MemoryLeases(clock));
        var drafting = new Drafting(site(), executors, journal, clock);
        Target target = site().target(World.NAME).orElseThrow();
        told.say(drafting.planned(List.of(target), told.run(), told.drafted()));
    }

    private List<String> voters() {
        return rights().voters();
    }

    private Optional<Problem> refuses(String name) {
        return rights().refusesVote(Rights.person(site(), name), true);
    }

    private boolean may(String name) {
        return refuses(name).isEmpty();
    }

    private Rights rights() {
        return new Rights(site(), told.run());
    }

    @Test
    void who_came_or_rose_since_the_plan_was_made_has_no_vote_on_it() {
        plan();
        is("max", 3);
        is("eva", 1);
        assertThat(voters()).containsExactly("ben");
        assertThat(may("max")).isFalse();
        assertThat(may("eva")).isFalse();
        assertThat(may("ben")).isTrue();
        assertThat(
                        new Rights(site(), told.run())
                                .refusesVote(Rights.person(site(), "max"), true)
                                .orElseThrow())
                .asString()
                .contains("max was not among them then")
                .contains("Ask one of: ben. Or let anna or an L2 say: cancel 7F3KQ");
    }

    @Test
    void who_fell_or_left_since_has_none_either() {
        is("dora", 3);
        plan();
        is("dora", 0);
        people.remove("ben");
        assertThat(voters()).isEmpty();
        assertThat(may("dora")).isFalse();
    }

    @Test
    void who_fell_and_rose_again_votes_as_at_first() {
        plan();
        is("ben", 3);
        assertThat(rights().level(Rights.person(site(), "ben"))).isEqualTo(2);
    }

    @Test
    void a_plan_that_is_made_anew_asks_the_people_of_then() {
        plan();
        is("max", 1);
        told.say(new PlanChanged(told.now(), Phrases.of("the tag moved")));
        plan();
        assertThat(voters()).containsExactly("ben", "max");
        assertThat(may("max")).isTrue();
    }

    @Test
    void in_an_older_journal_todays_people_count() {
        told.planned();
        is("max", 1);
        assertThat(may("max")).isTrue();
    }

    @Test
    void of_people_it_keeps_no_more_than_their_levels() {
        plan();
        assertThat(told.run().planned().orElseThrow().electors())
                .isEqualTo(Map.of("anna", 1, "ben", 2));
    }
}
