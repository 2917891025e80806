package backout.docker;

import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.LogTail;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The last lines that a container wrote, without secrets. */
public record ContainerLog(Engine engine, Secrets secrets) {
    /** More than are kept: the same line again and again is one. */
    private static final int LINES = 4 * LogTail.MAX_LINES;

    /**
     * Empty when there is nothing to read, or the target's log is not to be shown.
     *
     * @param container the target's; may throw where nobody knows
     */
    public List<Phrase> last(Target target, Supplier<ContainerSummary> container) {
        if (target.settings().flag("hide-log")) {
            return List.of();
        }
        try {
            String id = container.get().id();
            var redaction = new Redaction(secretValues(target, id));
            List<String> lines = engine.logs(id, LINES, false).stream().map(LogLine::text).toList();
            return LogTail.of(redaction.of(lines));
        } catch (ProblemException e) {
            return List.of(Phrase.of("(the log could not be read: {0})", e.problem().what()));
        }
    }

    /** What the target names as secret, and what its container was given that looks so. */
    private List<String> secretValues(Target target, String container) {
        var values = new ArrayList<>(secrets.values(target.settings()));
        JsonNode environment = engine.existing(container).path("Config").path("Env");
        environment
                .valueStream()
                .map(entry -> entry.asString("").split("=", 2))
                .filter(entry -> entry.length == 2 && Redaction.isSecretName(entry[0]))
                .forEach(entry -> values.add(entry[1]));
        return values;
    }
}
