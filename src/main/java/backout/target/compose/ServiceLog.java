package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.LogLine;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** What the service's container wrote, without secrets. */
final class ServiceLog {
    private static final int LOG_LINES = 50;

    private final Engine engine;
    private final Discovery discovery;
    private final Secrets secrets;

    ServiceLog(Engine engine, Discovery discovery, Secrets secrets) {
        this.engine = engine;
        this.discovery = discovery;
        this.secrets = secrets;
    }

    /**
     * The last lines that the service's container wrote, without secrets; empty when there is
     * nothing to read.
     */
    List<Phrase> last(Target target) {
        try {
            ContainerSummary container = discovery.container(target);
            var redaction = new Redaction(secretValues(target, container));
            return engine.logs(container.id(), LOG_LINES, false).stream()
                    .map(LogLine::text)
                    .map(redaction::of)
                    .map(Phrase::verbatim)
                    .toList();
        } catch (ProblemException e) {
            return List.of(Phrase.of("(the log could not be read: {0})", e.problem().what()));
        }
    }

    private List<String> secretValues(Target target, ContainerSummary container) {
        var values = new ArrayList<>(secrets.values(target.settings()));
        JsonNode environment =
                engine.inspect(container.id())
                        .map(it -> it.path("Config").path("Env"))
                        .orElseThrow();
        environment
                .valueStream()
                .map(entry -> entry.asString("").split("=", 2))
                .filter(entry -> entry.length == 2 && Redaction.isSecretName(entry[0]))
                .forEach(entry -> values.add(entry[1]));
        return values;
    }
}
