package backout.target.compose;

import backout.check.Check;
import backout.plan.Plan;
import backout.plan.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The lines that prove one plan: those of the command and the target's own, with everything known
 * filled in.
 */
final class CheckLines {
    private final List<String> lines;

    CheckLines(Target target, List<String> commandLines, Choice choice) {
        this(target, commandLines, choice.identity(), choice.release().version());
    }

    /** A version of which nobody knows cannot be compared: those lines are left out. */
    CheckLines(Target target, List<String> commandLines, String identity, String version) {
        var values = new LinkedHashMap<String, String>();
        values.put("to", identity);
        target.settings()
                .url("url")
                .ifPresent(url -> values.put("url", url.toString().replaceAll("/$", "")));
        if (!version.isEmpty()) {
            values.put("version", version);
        }
        var all = new ArrayList<>(commandLines);
        all.addAll(target.checks());
        this.lines =
                all.stream()
                        .distinct()
                        .filter(line ->
                                !line.contains("{version}") || values.containsKey("version"))
                        .filter(line -> !line.contains("{url}") || values.containsKey("url"))
                        .map(line -> Check.fill(line, values))
                        .toList();
    }

    /** The same lines for the release that runs again then, and for what goes back with it. */
    static List<String> afterUndo(
            Target target, List<String> commandLines, Plan plan, String version) {
        var all =
                new ArrayList<>(
                        new CheckLines(target, commandLines, plan.from().identity(), version)
                                .lines());
        String own = target.settings().text("service");
        plan.steps().stream()
                .filter(Ground::replaces)
                .filter(step -> !step.need("service").equals(own))
                .forEach(step ->
                        plan.checks().stream()
                                .filter(line ->
                                        line.startsWith("container " + step.need("service") + " "))
                                .map(line -> line.replace(step.to(), step.from()))
                                .forEach(all::add));
        return List.copyOf(all);
    }

    /** What is read after the undo of a plan that does not say it yet: older journals hold such. */
    static List<String> afterUndo(Plan plan) {
        return plan.undoChecks().isEmpty()
                ? plan.checks().stream()
                        .filter(line -> !line.contains("[BODY].version "))
                        .map(line -> line.replace(plan.to().identity(), plan.from().identity()))
                        .toList()
                : plan.undoChecks();
    }

    List<String> lines() {
        return lines;
    }
}
