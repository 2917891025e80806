package backout.cli;

import backout.host.Command;
import backout.plan.Hooks;
import backout.plan.Plan;
import backout.plan.Step;
import backout.run.Script;

import java.util.List;

/** The hooks of a plan in its shell script, with what they find in their environment. */
record HookLines(Plan plan) {
    /** What is the same for all of them; nothing where there are none. */
    List<String> facts() {
        return plan.steps().stream().noneMatch(Hooks::is)
                ? List.of()
                : List.of(
                        "export BACKOUT_RUN=by-hand BACKOUT_REQUESTER=\"$(id -un)\"",
                        given("BACKOUT_TARGET", plan.target().toString()),
                        given("BACKOUT_FROM", plan.from().name()),
                        given("BACKOUT_FROM_ID", plan.from().identity()),
                        given("BACKOUT_TO", plan.to().name()),
                        given("BACKOUT_TO_ID", plan.to().identity()));
    }

    private static String given(String name, String value) {
        return "export " + name + "=" + Command.typed(List.of(value));
    }

    /**
     * @param proves whether the script waits until the service answers: only then something is
     *     proven
     */
    Script of(Step step, boolean proves) {
        String typed = Hooks.typed(Hooks.arguments(step));
        String line =
                "BACKOUT_HOOK=%s BACKOUT_OUTCOME=%s timeout %d %s"
                        .formatted(
                                Hooks.key(step.phase()),
                                Hooks.outcome(step.phase()),
                                Math.max(1, Hooks.within(step).toSeconds()),
                                typed);
        List<String> strict = List.of(line + " || stop " + Command.typed(List.of(typed)));
        List<String> told =
                List.of(
                        line
                                + " || printf '%s: %s\\n' \"$?\" "
                                + Command.typed(List.of(typed))
                                + " >&2");
        return switch (step.phase()) {
            case PREPARE, SWITCH -> Script.NOTHING;
            case BEFORE_SWITCH -> new Script(List.of(), strict, List.of());
            case AFTER_SWITCH -> new Script(List.of(), told, List.of());
            case AFTER_PROOF -> proves ? new Script(List.of(), told, List.of()) : Script.NOTHING;
            case AFTER_UNDO -> new Script(List.of(), List.of(), told);
        };
    }
}
