package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the core adds to the steps of one kind until they are a plan. */
class DraftTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00Z");
    private static final TargetName NAME = new TargetName("sim", "relay");
    private static final Plan.Shown FROM = new Plan.Shown("bad", "2.0", Phrase.of("3 min"));

    private final List<TargetEvent> past = new ArrayList<>();

    private Request request(Map<String, String> values) {
        var command =
                new CommandSpec(
                        "sim",
                        "",
                        Grammar.of("[TARGET] [to RELEASE]"),
                        "rollback",
                        "sim",
                        1,
                        List.of(),
                        List.of(),
                        List.of(
                                "container [IMAGE] == {to}",
                                "GET {url}/ [BODY].version == {version}"));
        var target =
                new Target(
                        NAME,
                        "local",
                        "two",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of("GET {url}/own [STATUS] == 200"),
                        new Settings(Map.of("url", URI.create("http://relay"))));
        return new Request(target, new Invocation(command, values), Ledger.of(past), List.of());
    }

    private static Chosen chosen(String version) {
        return Chosen.of(
                new Releases.Had(
                        Release.found("good", "repo:1.0", "1.0", version, NOW),
                        "repo:1.0@sha256:1",
                        "good",
                        true));
    }

    private static Step step(String action, Phase phase) {
        return new Step(action, NAME, phase, "bad", "good", Map.of(), Phrase.verbatim(action));
    }

    private Plan plan(Draft draft) {
        return draft.plan(request(Map.of()), FROM);
    }

    private static Draft draft(Draft.Undo undo) {
        return new Draft(
                chosen("1.0"),
                List.of(
                        step("pull", Phase.PREPARE),
                        step("file", Phase.SWITCH),
                        step("box", Phase.SWITCH)),
                undo,
                List.of("container worker [IMAGE] == good"),
                List.of("container worker [IMAGE] == bad"),
                List.of(new Plan.Fact(Phrase.of("downtime"), Phrase.of("1 s"))),
                List.of(Phrase.of("others go along")),
                List.of());
    }

    @Test
    void a_draft_of_steps_alone_is_a_whole_plan() {
        Plan plan = plan(Draft.of(chosen("1.0"), List.of(step("box", Phase.SWITCH))));
        assertThat(plan.target()).isEqualTo(NAME);
        assertThat(plan.command()).isEqualTo("sim");
        assertThat(plan.from()).isEqualTo(FROM);
        assertThat(plan.to())
                .isEqualTo(new Plan.Shown("good", "1.0", Phrase.verbatim("repo:1.0@sha256:1")));
        assertThat(plan.undo()).containsExactly(0);
        assertThat(plan.facts()).isEmpty();
        assertThat(plan.along()).isEmpty();
        assertThat(plan.willNotUndo())
                .containsExactly(
                        Phrase.of("what version {0} wrote into data stays written", "2.0"));
    }

    @Test
    void an_undo_takes_back_the_last_one_first_unless_the_kind_says_otherwise() {
        assertThat(plan(draft(Draft.Undo.LAST_FIRST)).undo()).containsExactly(2, 1);
        assertThat(plan(draft(Draft.Undo.FIRST_FIRST)).undo()).containsExactly(1, 2);
    }

    @Test
    void it_is_proven_by_the_lines_of_command_and_target_and_then_by_its_own() {
        past.add(new TargetEvent.Seen(NOW, "bad", "repo:2.0", "2.0", "2.0.7"));
        Plan plan = plan(draft(Draft.Undo.LAST_FIRST));
        assertThat(plan.checks())
                .containsExactly(
                        "container [IMAGE] == good",
                        "GET http://relay/ [BODY].version == 1.0",
                        "GET http://relay/own [STATUS] == 200",
                        "container worker [IMAGE] == good");
        assertThat(plan.undoChecks())
                .containsExactly(
                        "container [IMAGE] == bad",
                        "GET http://relay/ [BODY].version == 2.0.7",
                        "GET http://relay/own [STATUS] == 200",
                        "container worker [IMAGE] == bad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://relay/ [STATUS] == (", "what is this", "container [IMAGE]"})
    void a_check_that_nobody_can_read_refuses_the_plan(String line) {
        List<Step> steps = List.of(step("box", Phase.SWITCH));
        for (boolean undo : List.of(false, true)) {
            var draft =
                    new Draft(
                            chosen("1.0"),
                            steps,
                            Draft.Undo.LAST_FIRST,
                            undo ? List.of() : List.of(line),
                            undo ? List.of(line) : List.of(),
                            List.of(),
                            List.of(),
                            List.of());
            assertThatThrownBy(() -> plan(draft))
                    .as("undo: " + undo)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void a_version_that_nobody_knows_is_not_compared_and_that_is_told() {
        Plan plan = plan(Draft.of(chosen(""), List.of(step("box", Phase.SWITCH))));
        assertThat(Stream.concat(plan.checks().stream(), plan.undoChecks().stream()))
                .noneMatch(line -> line.contains("version"));
        assertThat(plan.warnings())
                .contains(
                        Phrase.of(
                                "nobody knows which version {0} reports, so its version is not"
                                        + " compared",
                                "1.0"));
    }

    @Test
    void warnings_are_of_the_choice_then_of_the_kind_then_of_the_target() {
        past.add(new TargetEvent.Locked(NOW, "li", Phrase.of("rolled back"), "7F3KQ"));
        assertThat(plan(draft(Draft.Undo.LAST_FIRST)).warnings())
                .containsExactly(
                        Phrase.of("release {0} was never proven here", "1.0"),
                        Phrase.of("others go along"),
                        Phrase.of("the target is locked since run {0}; this renews it", "7F3KQ"));
    }

    @Test
    void what_is_down_may_be_named_again_and_what_runs_may_not() {
        Request named = request(Map.of("release", "2.0"));
        assertThat(named.current(FROM, true)).isEmpty();
        assertThat(named.current(FROM, false)).isEqualTo("bad");
        assertThat(request(Map.of()).current(FROM, true)).isEqualTo("bad");
    }
}
