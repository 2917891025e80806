package backout.cli;

import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.host.Command;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.report.Card;
import backout.run.Action;
import backout.run.Move;
import backout.run.Script;
import backout.run.Task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A plan as a shell script that does without Backout: the rollback, and the way back.
 *
 * @param emergency whether it saves the data first and waits for an answer at the end
 */
public record PlanScript(
        Target target, Plan plan, Function<Step, Optional<Action>> actions, boolean emergency) {
    private static final int WIDTH = 100;

    /**
     * All of it, the plan itself as comments.
     *
     * @throws backout.problem.ProblemException when no shell could do it
     */
    String text(Language language) {
        Script script =
                plan.steps().stream().map(this::script).reduce(Script.NOTHING, Script::then);
        var lines = new ArrayList<>(List.of("#!/bin/sh"));
        comments(script, language).stream()
                .map(line -> ("# " + line).stripTrailing())
                .forEach(lines::add);
        lines.add("set -eu");
        lines.add("stop() {");
        Phrase amiss = Phrase.of("not as this script expects it; nothing more is done");
        lines.add(
                "  printf '%s: %s\\n' \"$1\" "
                        + Command.typed(List.of(language.say(amiss)))
                        + " >&2");
        lines.add("  exit 1");
        lines.add("}");
        lines.addAll(new HookLines(plan).facts());
        lines.addAll(script.needs());
        lines.add("case \"${1:-forth}\" in");
        lines.add("forth)");
        script.forth().forEach(line -> lines.add("  " + line));
        lines.add("  ;;");
        lines.add("back)");
        script.back().forEach(line -> lines.add("  " + line));
        lines.add("  ;;");
        lines.add("*) stop \"$1\" ;;");
        lines.add("esac");
        return String.join("\n", lines) + "\n";
    }

    private Phrase about() {
        Phrase both =
                Phrase.of(
                        "For the day when Backout itself is dead: sh FILE rolls {0} back, sh FILE"
                                + " back takes that back. It is good while what runs is still {1}.",
                        plan.target(), plan.from().name());
        return emergency
                ? Phrase.of(
                        "{0} It asks nobody. It saves the data into a folder beside you first"
                                + " (WITHOUT_BACKUP=1 leaves that out; the folder holds secrets)"
                                + " and waits until the service answers; what it answers, you"
                                + " compare with the checks below.",
                        both)
                : Phrase.of(
                        "{0} It asks nobody, saves no data and proves nothing: look at the service"
                                + " yourself.",
                        both);
    }

    private List<String> comments(Script script, Language language) {
        var renderer = new TextRenderer(WIDTH, Style.PLAIN, language);
        var lines = new ArrayList<>(renderer.sentence("", about()));
        if (!target.isHere()) {
            lines.addAll(
                    renderer.sentence(
                            "",
                            Phrase.of(
                                    "It is for {0} and does nothing good elsewhere: copy it there.",
                                    target.host())));
        }
        script.notes().forEach(note -> lines.addAll(renderer.sentence("", note)));
        lines.add("");
        lines.addAll(renderer.lines(Card.ofPlan(plan)));
        lines.add("");
        return lines;
    }

    private Script script(Step step) {
        if (Hooks.is(step)) {
            return new HookLines(plan).of(step, emergency);
        }
        Script own =
                switch (actions.apply(step).orElse(null)) {
                    case Move move -> move.script(step);
                    case Task task when emergency -> task.script(step);
                    case Task _ -> Script.NOTHING;
                    case null -> Script.NOTHING;
                };
        boolean last = plan.indexes(Phase.SWITCH).getLast() == plan.steps().indexOf(step);
        return last && emergency ? own.then(proof()) : own;
    }

    /** Waits for what the checks ask without a secret; what they compare is printed. */
    private Script proof() {
        List<String> lines =
                plan.checks().stream()
                        .filter(line ->
                                line.matches("GET \\S+ (\\[BODY].*|\\[STATUS] == 2\\d\\d.*)"))
                        .map(line -> Command.typed(List.of(line.split(" ")[1])))
                        .distinct()
                        .flatMap(PlanScript::answers)
                        .toList();
        return new Script(List.of(), lines, List.of());
    }

    private static Stream<String> answers(String url) {
        return Stream.of(
                "tries=0",
                "until curl --fail --silent --show-error --max-time 5 " + url + "; do",
                "  tries=$((tries + 1))",
                "  [ \"$tries\" -lt 60 ] || stop " + url,
                "  sleep 1",
                "done",
                "echo");
    }
}
