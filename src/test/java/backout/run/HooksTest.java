package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Invocation;
import backout.host.HostHands;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.report.Card;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a target wants run around a switch is run once, and only what comes before it may stop it.
 */
class HooksTest extends FolderSite {
    private static final List<String> ALL =
            List.of("before-switch", "after-switch", "after-proof", "after-undo");

    @TempDir Path told;

    @BeforeEach
    void hook() {
        settings = hooks(Map.of());
        hands = new HostHands(Hosts.local());
    }

    /** Each hook notes what it sees and which release is served just then. */
    private Map<String, Object> hooks(Map<String, List<String>> others) {
        var all = new HashMap<String, Object>(Map.of("hooks.within", Duration.ofSeconds(20)));
        for (String name : ALL) {
            String script =
                    "echo \"$BACKOUT_HOOK $BACKOUT_RUN $BACKOUT_TARGET $BACKOUT_FROM>$BACKOUT_TO"
                            + " $BACKOUT_OUTCOME on $(cat \"$1\")\" >> \"$2\"";
            List<String> noting =
                    List.of("sh", "-c", script, "sh", home + "/current/version", told + "/all");
            all.put("hooks." + name, List.of(others.getOrDefault(name, noting)));
        }
        return all;
    }

    private List<String> seen() throws IOException {
        Path all = told.resolve("all");
        return Files.exists(all) ? Files.readAllLines(all) : List.of();
    }

    private List<String> ran() throws IOException {
        return seen().stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    @Test
    void each_is_run_at_its_time_and_told_what_happens() throws IOException {
        assertThat(result(rolledBack("1.0"))).isEqualTo(Result.PROVEN);
        assertThat(seen())
                .containsExactly(
                        "before-switch 7F3KQ folder/shop releases/2.0>1.0  on 2.0",
                        "after-switch 7F3KQ folder/shop releases/2.0>1.0 switched on 1.0",
                        "after-proof 7F3KQ folder/shop releases/2.0>1.0 proven on 1.0");
    }

    @Test
    void after_an_undo_its_own_is_run() throws IOException {
        assertThat(result(rolledBack("broken"))).isEqualTo(Result.UNDONE);
        assertThat(ran()).containsExactly("before-switch", "after-switch", "after-undo");
        assertThat(seen().getLast()).endsWith("2.0>broken undone on 2.0");
    }

    @Test
    void one_that_fails_before_the_switch_ends_it_with_nothing_changed() throws IOException {
        settings = hooks(Map.of("before-switch", List.of("false")));

        Run run = rolledBack("1.0");

        assertThat(result(run)).isEqualTo(Result.NOTHING_CHANGED);
        assertThat(run.outcome().orElseThrow().says().toString())
                .isEqualTo("Stopped before anything was changed: false ended with 1");
        assertThat(run.hasBegunSwitch()).isFalse();
        assertThat(served()).isEqualTo("2.0");
        assertThat(seen()).isEmpty();
    }

    @Test
    void one_that_is_not_there_or_takes_too_long_fails() {
        settings = hooks(Map.of("before-switch", List.of("no-such-program-4711")));
        assertThat(result(rolledBack("1.0"))).isEqualTo(Result.NOTHING_CHANGED);

        var slow = new HashMap<>(hooks(Map.of("before-switch", List.of("sleep", "600"))));
        slow.put("hooks.within", Duration.ofMillis(50));
        settings = slow;
        assertThat(rolledBack("1.0").outcome().orElseThrow().says().toString())
                .contains("sleep 600 was cut off after");
    }

    @Test
    void one_that_fails_after_the_switch_is_told_and_changes_no_verdict() throws IOException {
        settings = hooks(Map.of("after-switch", List.of("false"), "after-proof", List.of("false")));

        Run run = rolledBack("1.0");

        assertThat(result(run)).isEqualTo(Result.PROVEN);
        assertThat(served()).isEqualTo("1.0");
        assertThat(Card.of(run, site(), clock.instant()).blocks().toString())
                .contains("hook after the switch: false: false ended with 1")
                .contains("hook once it is proven: false: false ended with 1");
    }

    @Test
    void they_stand_in_the_plan_and_in_its_hash() {
        Run with = rolledBack("1.0");
        assertThat(with.plan().steps().stream().map(step -> step.says().toString()))
                .anyMatch(said -> said.startsWith("hook before the switch: sh -c"));
        settings = hooks(Map.of("after-undo", List.of("true")));
        assertThat(plan().hash()).isNotEqualTo(with.plan().hash());
        Plan said = plan();
        assertThat(said.hash()).isEqualTo(plan().hash());
    }

    /** What would be done now. */
    private Plan plan() {
        var command = site().commands().getFirst();
        var wanted = new Invocation(command, Map.of("release", "broken"));
        return runner(leases).draft(site().target(NAME).orElseThrow(), wanted);
    }

    @Test
    void wherever_a_process_dies_none_is_run_twice_and_who_cannot_know_says_so()
            throws IOException {
        for (String to : List.of("1.0", "broken")) {
            boolean died = true;
            for (int at = 0; died; at++) {
                deploy("2.0");
                Files.deleteIfExists(told.resolve("all"));
                int[] left = {at};
                Consumer<String> dying =
                        where -> {
                            if (left[0]-- == 0) {
                                throw new Crash(where);
                            }
                        };
                journal = new MemoryJournal(leases, dying);
                runs = 0;

                Run run = rolledBack(to);

                String when = to + ", dead at " + at;
                assertThat(ran()).as(when).doesNotHaveDuplicates();
                var unknown = new ArrayList<Phrase>();
                run.events().stream()
                        .filter(RunEvent.StepFailed.class::isInstance)
                        .map(failed -> ((RunEvent.StepFailed) failed).problem().what())
                        .forEach(unknown::add);
                if (result(run) == Result.NOTHING_CHANGED) {
                    assertThat(unknown).as(when).hasSize(1);
                    assertThat(served()).as(when).isEqualTo("2.0");
                } else {
                    assertThat(result(run))
                            .as(when)
                            .isEqualTo(to.equals("1.0") ? Result.PROVEN : Result.UNDONE);
                    assertThat(ran().size() + unknown.size()).as(when).isGreaterThanOrEqualTo(3);
                }
                died = left[0] < 0;
            }
        }
    }
}
