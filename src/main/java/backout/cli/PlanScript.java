package backout.cli;

import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.host.Command;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.report.Card;
import backout.run.Action;
import backout.run.Move;
import backout.run.Script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A plan as a shell script that does without Backout: the rollback, and the way back. */
public record PlanScript(Target target, Plan plan, Function<Step, Optional<Action>> actions) {
    private static final int WIDTH = 100;

    /**
     * All of it, the plan itself as comments.
     *
     * @throws backout.problem.ProblemException when no shell could do it
     */
    String text(Language language) {
        Script script =
                plan.indexes(Phase.SWITCH).stream()
                        .map(plan.steps()::get)
                        .map(this::script)
                        .reduce(Script.NOTHING, Script::then);
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

    private List<String> comments(Script script, Language language) {
        var renderer = new TextRenderer(WIDTH, Style.PLAIN, language);
        var lines = new ArrayList<String>();
        lines.addAll(
                renderer.sentence(
                        "",
                        Phrase.of(
                                "For the day when Backout itself is dead: sh FILE rolls {0} back,"
                                    + " sh FILE back takes that back. It is good while what runs is"
                                    + " still {1}. It asks nobody, saves no data and proves"
                                    + " nothing: look at the service yourself.",
                                plan.target(), plan.from().name())));
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
        return actions.apply(step).orElse(null) instanceof Move move
                ? move.script(step)
                : Script.NOTHING;
    }
}
