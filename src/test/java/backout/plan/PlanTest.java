package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.language.Phrases;
import backout.plan.Plan.Fact;
import backout.plan.Plan.Shown;
import backout.plan.Step.Phase;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

final class PlanTest {
    private static final TargetName RELAY = TargetName.of("compose/claude-relay");
    private static final Step PULL = step("pull", Phase.PREPARE, Map.of());
    private static final Step FILE = step("file", Phase.SWITCH, Map.of("path", "a", "line", "7"));
    private static final Step UP = step("up", Phase.SWITCH, Map.of());
    private static final Plan PLAN =
            plan(List.of(PULL, FILE, UP), List.of(1, 2), List.of("one", "two"));

    private static Step step(String action, Phase phase, Map<String, String> with) {
        return new Step(action, RELAY, phase, "sha256:a", "sha256:b", with, Phrase.of("does it"));
    }

    private static Plan plan(List<Step> steps, List<Integer> undo, List<String> checks) {
        return plan(RELAY, steps, undo, checks);
    }

    private static Plan plan(
            TargetName target, List<Step> steps, List<Integer> undo, List<String> checks) {
        return new Plan(
                target,
                "compose",
                new Shown("sha256:a", "v2", Phrase.of("1 d")),
                new Shown("sha256:b", "v1", Phrase.of("9 d")),
                Phrase.of("the last good one"),
                steps,
                undo,
                checks,
                List.of(),
                List.of(),
                List.of());
    }

    private static Step changed(
            String action, String target, String from, String to, String value) {
        return new Step(
                action,
                TargetName.of(target),
                Phase.SWITCH,
                from,
                to,
                Map.of("path", value, "line", "7"),
                Phrase.of("does it"));
    }

    private static Plan withFile(Step step) {
        return plan(List.of(PULL, step, UP), List.of(1, 2), List.of("one", "two"));
    }

    private static Plan of(String target, String... checks) {
        TargetName name = TargetName.of(target);
        List<Step> steps =
                Stream.of(PULL, FILE, UP)
                        .map(step ->
                                new Step(
                                        step.action(),
                                        name,
                                        step.phase(),
                                        step.from(),
                                        step.to(),
                                        step.with(),
                                        step.says()))
                        .toList();
        return plan(name, steps, List.of(1, 2), List.of(checks));
    }

    private static List<String> order(Plan plan, List<Integer> indexes) {
        return indexes.stream()
                .map(plan.steps()::get)
                .map(step -> step.target().name() + " " + step.action())
                .toList();
    }

    @Test
    void plans_of_several_targets_are_one_in_their_order() {
        Plan joined = Plan.inOrder(List.of(of("compose/front", "f"), of("compose/back", "b")));
        assertThat(order(joined, joined.indexes(Phase.PREPARE)))
                .containsExactly("front pull", "back pull");
        assertThat(order(joined, joined.indexes(Phase.SWITCH)))
                .containsExactly("front file", "front up", "back file", "back up");
        assertThat(order(joined, joined.undo()))
                .containsExactly("back file", "back up", "front file", "front up");
        assertThat(joined.parts())
                .extracting(Part::checks)
                .containsExactly(List.of("f"), List.of("b"));
        assertThat(joined.moves())
                .extracting(moved -> moved.target().name())
                .containsExactly("front", "back");
    }

    @Test
    void a_part_of_a_joined_plan_is_the_plan_that_it_was() {
        Plan back = of("compose/back", "b");
        Plan joined = Plan.inOrder(List.of(of("compose/front", "f"), back));
        Plan part = joined.of(joined.parts().getLast());
        assertThat(part.steps()).isEqualTo(back.steps());
        assertThat(part.undo()).isEqualTo(back.undo());
        assertThat(part.checks()).isEqualTo(back.checks());
        assertThat(part.target()).isEqualTo(back.target());
        assertThat(Plan.inOrder(List.of(back))).isEqualTo(back);
    }

    @Test
    void the_hash_covers_the_checks_of_every_part() {
        String hash =
                Plan.inOrder(List.of(of("compose/front", "f"), of("compose/back", "b"))).hash();
        assertThat(Plan.inOrder(List.of(of("compose/front", "f"), of("compose/back", "c"))).hash())
                .isNotEqualTo(hash);
        assertThat(Plan.inOrder(List.of(of("compose/back", "b"), of("compose/front", "f"))).hash())
                .isNotEqualTo(hash);
    }

    @Test
    void any_change_of_what_is_done_or_checked_changes_the_hash() {
        String relay = RELAY.toString();
        var all = new ArrayList<String>();
        all.add(PLAN.hash());
        Stream.of(
                        withFile(changed("fila", relay, "sha256:a", "sha256:b", "a")),
                        withFile(changed("file", "compose/other", "sha256:a", "sha256:b", "a")),
                        withFile(changed("file", relay, "sha256:c", "sha256:b", "a")),
                        withFile(changed("file", relay, "sha256:a", "sha256:c", "a")),
                        withFile(changed("file", relay, "sha256:a", "sha256:b", "b")),
                        withFile(step("file", Phase.SWITCH, Map.of("path", "a"))),
                        withFile(step("file", Phase.SWITCH, Map.of("path", "a", "lin", "e7"))),
                        plan(List.of(PULL, UP, FILE), List.of(1, 2), List.of("one", "two")),
                        plan(List.of(PULL, FILE, UP), List.of(2, 1), List.of("one", "two")),
                        plan(List.of(PULL, FILE), List.of(1), List.of("one", "two")),
                        plan(List.of(FILE, UP), List.of(0, 1), List.of("one", "two")),
                        plan(List.of(PULL, FILE, UP), List.of(1, 2), List.of("two", "one")),
                        plan(List.of(PULL, FILE, UP), List.of(1, 2), List.of("one")),
                        plan(List.of(PULL, FILE, UP), List.of(1, 2), List.of("onetwo")),
                        plan(List.of(PULL, FILE, UP), List.of(1, 2), List.of("one", "two", "")),
                        plan(
                                TargetName.of("compose/other"),
                                PLAN.steps(),
                                PLAN.undo(),
                                PLAN.checks()),
                        plan(
                                List.of(step("pull", Phase.SWITCH, Map.of()), FILE, UP),
                                List.of(0, 1, 2),
                                PLAN.checks()))
                .map(Plan::hash)
                .forEach(all::add);
        assertThat(all).doesNotHaveDuplicates().allMatch(hash -> hash.matches("[0-9a-f]{12}"));
    }

    @Test
    void the_end_of_one_list_is_not_read_as_the_beginning_of_the_next() {
        var withTwo = step("u", Phase.SWITCH, Map.of("a", "b"));
        var one = plan(List.of(withTwo), List.of(0), List.of("0"));
        var two = plan(List.of(step("u", Phase.SWITCH, Map.of())), List.of(0), List.of("a", "b"));
        assertThat(one.hash()).isNotEqualTo(two.hash());
    }

    @Test
    void estimates_and_words_do_not_change_the_hash() {
        var told =
                new Plan(
                        RELAY,
                        "relay",
                        new Shown("sha256:a", "other name", Phrase.of("2 d")),
                        new Shown("sha256:b", "v1", Phrase.of("10 d")),
                        Phrase.of("because"),
                        List.of(
                                PULL,
                                new Step(
                                        "file",
                                        RELAY,
                                        Phase.SWITCH,
                                        "sha256:a",
                                        "sha256:b",
                                        Map.of("line", "7", "path", "a"),
                                        Phrase.of("told otherwise")),
                                UP),
                        List.of(1, 2),
                        List.of("one", "two"),
                        List.of(new Fact(Phrase.of("expected downtime"), Phrase.of("2 s"))),
                        PLAN.warnings(),
                        PLAN.willNotUndo());
        assertThat(told.hash()).isEqualTo(PLAN.hash());
    }

    @Test
    void what_people_are_warned_of_changes_the_hash_and_the_older_name_is_still_understood() {
        var warned = warned(Phrases.of("dirty git tree"), List.of());
        var stays = warned(List.of(), Phrases.of("dirty git tree"));
        String older = warned(List.of(), List.of()).hash();
        assertThat(Set.of(warned.hash(), stays.hash(), older)).hasSize(3);
        assertThat(warned.isMeantBy(stays.hash())).isFalse();
        assertThat(warned.isMeantBy(warned.hash())).isTrue();
        assertThat(warned.isMeantBy("f5eb348f8186")).isTrue();
    }

    private static Plan warned(List<Phrase> warnings, List<Phrase> willNotUndo) {
        return new Plan(
                RELAY,
                "relay",
                PLAN.from(),
                PLAN.to(),
                PLAN.why(),
                PLAN.steps(),
                PLAN.undo(),
                PLAN.checks(),
                PLAN.facts(),
                warnings,
                willNotUndo);
    }

    @Test
    void steps_come_in_the_order_of_the_phases_and_the_undo_names_each_switch_once() {
        assertThat(PLAN.indexes(Phase.SWITCH)).containsExactly(1, 2);
        assertThatThrownBy(() -> plan(List.of(UP, PULL), List.of(0), List.of()))
                .hasMessage("prepare steps come before switch steps");
        for (List<Integer> undo :
                List.of(List.<Integer>of(), List.of(1), List.of(1, 1), List.of(0, 1, 2))) {
            assertThatThrownBy(() -> plan(List.of(PULL, FILE, UP), undo, List.of()))
                    .hasMessage("the undo order must name each switch step once");
        }
    }

    @Test
    void a_step_gives_what_its_planner_wrote_and_nothing_else() {
        assertThat(FILE.need("path")).isEqualTo("a");
        assertThatThrownBy(() -> FILE.need("other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step(" ", Phase.SWITCH, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_target_name_is_two_lower_case_words() {
        assertThat(TargetName.of("compose/claude-relay")).isEqualTo(RELAY);
        for (String text :
                List.of(
                        "",
                        "compose",
                        "/",
                        "compose/",
                        "/x",
                        "a/b/c",
                        "Compose/x",
                        "a/..",
                        "a/b c")) {
            assertThatThrownBy(() -> TargetName.of(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void settings_come_in_their_types() {
        var settings = new Settings(Map.of("keep", 5L, "paths", List.of("a"), "on", true));
        assertThat(settings.number("keep")).isEqualTo(5);
        assertThat(settings.texts("paths")).containsExactly("a");
        assertThat(settings.texts("none")).isEmpty();
        assertThat(settings.flag("on")).isTrue();
        assertThat(settings.flag("off")).isFalse();
        assertThat(settings.textIfAny("none")).isEmpty();
        assertThatThrownBy(() -> settings.text("none")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void said_of_the_way_back_an_arrow_points_the_other_way() {
        var step =
                new Step(
                        "compose.file",
                        TargetName.of("compose/web"),
                        Step.Phase.SWITCH,
                        "a",
                        "b",
                        java.util.Map.of(),
                        backout.language.Phrase.of(
                                "write the image into {0}:{1}: {2}",
                                ".env", "2", "WEB_TAG=1.0.0  →  WEB_TAG=2.0.0"));
        assertThat(step.saysBack())
                .hasToString("write the image into .env:2: WEB_TAG=2.0.0  →  WEB_TAG=1.0.0");
    }
}
