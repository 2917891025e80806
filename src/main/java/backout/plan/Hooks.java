package backout.plan;

import backout.language.Phrase;
import backout.plan.Setting.Form;
import backout.plan.Step.Phase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a target wants run on its host around a switch: the section {@code hooks} of {@code
 * config/targets.yml}, as steps of a plan. No words of a chat come into it.
 */
public final class Hooks {
    /** The word of such a step, whatever the kind of its target. */
    public static final String ACTION = "hook";

    private static final String WITHIN = "within";

    /** The keys that every target may have. */
    public static final List<Setting> SETTINGS =
            List.of(
                    commands(
                            "hooks.before-switch",
                            "What is run on its host when the rollback is approved, before anything"
                                    + " is changed: argument lists, no shell reads them. One that"
                                    + " fails ends the rollback there."),
                    commands(
                            "hooks.after-switch",
                            "What is run when it is switched, before the checks; one that fails is"
                                    + " told and changes no verdict."),
                    commands(
                            "hooks.after-proof",
                            "What is run when every check held; one that fails is told."),
                    commands(
                            "hooks.after-undo",
                            "What is run when the switch was taken back; one that fails is told."),
                    Setting.of(
                            "hooks." + WITHIN,
                            Form.WAIT,
                            "60s",
                            "How long each of them may take; then it is ended and counts as"
                                    + " failed."));

    private Hooks() {}

    private static Setting commands(String key, String means) {
        return Setting.of(key, Form.COMMANDS, "", means);
    }

    /** Those steps among them, where their phases put them. */
    public static List<Step> around(List<Step> steps, Target target) {
        return Stream.of(Phase.values())
                .flatMap(phase ->
                        Stream.concat(
                                steps.stream().filter(step -> step.phase() == phase),
                                of(target, phase).stream()))
                .toList();
    }

    private static List<Step> of(Target target, Phase phase) {
        return key(phase).isEmpty()
                ? List.of()
                : target.settings().commands("hooks." + key(phase)).stream()
                        .map(arguments -> step(target, phase, arguments))
                        .toList();
    }

    private static Step step(Target target, Phase phase, List<String> arguments) {
        var with = new LinkedHashMap<String, String>();
        with.put("host", target.host());
        with.put(WITHIN, target.settings().duration("hooks." + WITHIN).toString());
        for (int i = 0; i < arguments.size(); i++) {
            with.put(Integer.toString(i), arguments.get(i));
        }
        return new Step(
                ACTION,
                target.name(),
                phase,
                "",
                "",
                Map.copyOf(with),
                Phrase.of("{0}: {1}", says(phase), typed(arguments)));
    }

    /** How the phase is called in the files; empty where it has no hooks. */
    public static String key(Phase phase) {
        return switch (phase) {
            case PREPARE, SWITCH -> "";
            case BEFORE_SWITCH -> "before-switch";
            case AFTER_SWITCH -> "after-switch";
            case AFTER_PROOF -> "after-proof";
            case AFTER_UNDO -> "after-undo";
        };
    }

    /** What came of the rollback by then, as a hook is told; empty before anything did. */
    public static String outcome(Phase phase) {
        return switch (phase) {
            case PREPARE, BEFORE_SWITCH -> "";
            case SWITCH, AFTER_SWITCH -> "switched";
            case AFTER_PROOF -> "proven";
            case AFTER_UNDO -> "undone";
        };
    }

    private static Phrase says(Phase phase) {
        return switch (phase) {
            case PREPARE, SWITCH -> Phrase.NONE;
            case BEFORE_SWITCH -> Phrase.of("hook before the switch");
            case AFTER_SWITCH -> Phrase.of("hook after the switch");
            case AFTER_PROOF -> Phrase.of("hook once it is proven");
            case AFTER_UNDO -> Phrase.of("hook after an undo");
        };
    }

    /** As a POSIX shell would read it. */
    public static String typed(List<String> arguments) {
        return arguments.stream()
                .map(word ->
                        word.matches("[A-Za-z0-9_@%+=:,./-]+")
                                ? word
                                : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Whether the step is one of these. */
    public static boolean is(Step step) {
        return step.action().equals(ACTION);
    }

    /** What is run: the program and its arguments. */
    public static List<String> arguments(Step step) {
        var arguments = new ArrayList<String>();
        for (int i = 0; step.with().containsKey(Integer.toString(i)); i++) {
            arguments.add(step.need(Integer.toString(i)));
        }
        return arguments;
    }

    /** How long it may take. */
    public static Duration within(Step step) {
        return Duration.parse(step.need(WITHIN));
    }
}
