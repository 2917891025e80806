package backout.plan;

import backout.check.Check;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * The lines that prove one release of a target: those of the command and the target's own, with
 * everything known filled in.
 */
public final class CheckLines {
    private CheckLines() {}

    /**
     * Each once, the command's first. A version of which nobody knows cannot be compared, and what
     * has no address cannot be asked: those lines are left out.
     *
     * @param identity of the release
     * @param version that it reports; empty where nobody knows
     */
    public static List<String> of(
            Target target, List<String> lines, String identity, String version) {
        var values = new LinkedHashMap<String, String>();
        values.put("to", identity);
        target.settings()
                .url("url")
                .ifPresent(url -> values.put("url", url.toString().replaceAll("/$", "")));
        if (!version.isEmpty()) {
            values.put("version", version);
        }
        return lines.stream()
                .distinct()
                .filter(line -> !line.contains("{version}") || values.containsKey("version"))
                .filter(line -> !line.contains("{url}") || values.containsKey("url"))
                .map(line -> Check.fill(line, values))
                .toList();
    }

    /**
     * What is read after the undo of a plan. Older journals hold plans that do not say it yet: what
     * names the release by its identity is asked of the former one, and its version is not.
     */
    public static List<String> afterUndo(Plan plan) {
        return plan.undoChecks().isEmpty()
                ? plan.checks().stream()
                        .filter(line -> !line.contains("[BODY].version "))
                        .map(line -> line.replace(plan.to().identity(), plan.from().identity()))
                        .toList()
                : plan.undoChecks();
    }
}
