package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Remedy;
import backout.plan.TargetName;
import backout.report.Card;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a rollback takes is learned from those that were proven, and told before the next one. */
class EstimatesTest extends FolderSite {
    /** How long the hook of the next runs takes. */
    private Duration takes = Duration.ZERO;

    EstimatesTest() {
        settings =
                Map.of(
                        "hooks.within", Duration.ofMinutes(10),
                        "hooks.after-switch", List.of(List.of("flush")));
        hands =
                (target, arguments, _, _) -> {
                    assertThat(arguments).as("%s", target).containsExactly("flush");
                    clock.pass(takes);
                    return Phrase.NONE;
                };
    }

    private Run taking(Duration time, String to) {
        takes = time;
        return rolledBack(to);
    }

    private Site kinds() {
        Site is = site();
        return new Site(
                is.commands(),
                is.targets(),
                is.people(),
                is.programs(),
                is.policies(),
                is.onCall(),
                is.groups(),
                is.folder(),
                Map.of(
                        "container",
                        Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.LOW)
                                .byHand("3–5", "2–3")));
    }

    private String said() {
        return new Estimates(kinds(), journal)
                .of(NAME)
                .map(Language.ENGLISH::say)
                .orElse("nothing");
    }

    @Test
    void nothing_is_said_of_a_kind_that_nobody_ever_measured() {
        assertThat(said()).isEqualTo("nothing");
    }

    @Test
    void the_guide_is_cited_until_something_was_measured() {
        assertThat(
                        new Estimates(kinds(), journal)
                                .of(TargetName.of("container/relay"))
                                .map(Language.ENGLISH::say))
                .contains("not measured here yet; by hand 3–5 min, of it 2–3 min down");
    }

    @Test
    void the_median_and_the_worst_and_how_far_off_the_last_one_was() {
        taking(Duration.ofSeconds(40), "1.0");
        assertThat(said()).startsWith("about 40.").endsWith("(learned from 1 run of folder/shop)");
        taking(Duration.ofSeconds(20), "2.0");
        Run last = taking(Duration.ofSeconds(90), "1.0");

        assertThat(said())
                .matches(
                        "about 40\\.\\d s, at worst 1 min 30 s \\(learned from the last 3 runs of"
                                + " folder/shop\\); the last one took 1 min.* more");
        assertThat(Card.ofPlan(plan()).blocks().toString())
                .contains("expected time")
                .contains("expected per step")
                .contains("about 40");
        assertThat(last.plan().facts().toString())
                .as("a plan keeps what was told when it was made")
                .contains("last 2 runs");
    }

    @Test
    void it_is_no_part_of_what_is_said_yes_to() {
        taking(Duration.ofSeconds(40), "1.0");
        Plan told = plan();
        Plan untold = new Estimates(site(), new MemoryJournal(leases)).tell(told);
        assertThat(told.facts()).hasSizeGreaterThan(1);
        Plan more = new Estimates(kinds(), journal).tell(untold);
        assertThat(more.facts()).hasSizeGreaterThan(untold.facts().size());
        assertThat(more.hash()).isEqualTo(untold.hash());
    }

    @Test
    void what_was_not_proven_teaches_nothing() {
        taking(Duration.ofSeconds(40), "broken");
        assertThat(said()).isEqualTo("nothing");
    }

    @Test
    void a_target_that_was_never_rolled_back_learns_from_its_kind() {
        taking(Duration.ofSeconds(40), "1.0");
        assertThat(
                        new Estimates(kinds(), journal)
                                .of(TargetName.of("folder/other"))
                                .map(Language.ENGLISH::say)
                                .orElseThrow())
                .endsWith("(learned from 1 run of folder)");
    }

    private Plan plan() {
        var command = site().commands().getFirst();
        var wanted = new Invocation(command, Map.of("release", "broken"));
        return runner(leases).draft(site().target(NAME).orElseThrow(), wanted);
    }
}
