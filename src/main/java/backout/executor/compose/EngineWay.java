package backout.executor.compose;

import backout.docker.ContainerSwap;
import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine's way must know of a service that only compose understands: what it would lose,
 * and what of the container is the files' own.
 */
final class EngineWay {
    /** What compose does itself, beside the container that it asks the engine for. */
    private static final List<String> DONE_BY_COMPOSE =
            List.of(
                    "post_start",
                    "pre_stop",
                    "use_api_socket",
                    "provider",
                    "models",
                    "volumes_from");

    private static final Map<String, String> HEALTH =
            Map.of(
                    "test", "Test",
                    "disable", "Test",
                    "interval", "Interval",
                    "timeout", "Timeout",
                    "retries", "Retries",
                    "start_period", "StartPeriod",
                    "start_interval", "StartInterval");

    private final Engine engine;
    private final Model model;

    EngineWay(Engine engine, Model model) {
        this.engine = engine;
        this.model = model;
    }

    /** Why the engine would not make the container that compose would; none when it would. */
    List<Problem> refusals(String service, String container) {
        var refusals = new ArrayList<>(new ContainerSwap(engine).refusals(container));
        List<String> lost = new ArrayList<>(inside(service, "configs"));
        lost.addAll(inside(service, "secrets"));
        if (!lost.isEmpty()) {
            refusals.add(
                    new Problem(
                            Phrase.of(
                                    "compose copies {0} into the container, the engine's way would"
                                            + " lose them",
                                    Phrase.list(lost)),
                            container,
                            Phrase.of("write swap: up, or give them a file")));
        }
        List<String> done = DONE_BY_COMPOSE.stream().filter(model.service(service)::has).toList();
        if (!done.isEmpty()) {
            refusals.add(
                    new Problem(
                            Phrase.of(
                                    "only compose does what {0} says of {1}",
                                    Phrase.list(done), service),
                            container,
                            Phrase.of("write swap: up")));
        }
        return refusals;
    }

    /** Configs or secrets that are no file: compose copies them in after it made the container. */
    private List<String> inside(String service, String kind) {
        return model.service(service)
                .path(kind)
                .valueStream()
                .map(used -> used.path("source").asString(used.asString("")))
                .filter(name -> {
                    JsonNode definition = model.definition(kind, name);
                    return definition.has("content") || definition.has("environment");
                })
                .distinct()
                .toList();
    }

    /**
     * What the files give the container, in the words of {@link backout.docker.SwapOrder}: names,
     * never a value.
     */
    Set<String> own(String service) {
        JsonNode said = model.service(service);
        var own = new LinkedHashSet<String>();
        keys(own, "Env.", said.path("environment"));
        keys(own, "Labels.", said.path("labels"));
        plain(own, said, Map.of("user", "User", "working_dir", "WorkingDir"));
        plain(own, said, Map.of("stop_signal", "StopSignal", "entrypoint", "Entrypoint"));
        // An empty command is none: the image's comes into force.
        if (!said.path("command").isEmpty()) {
            own.add("Cmd");
        }
        HEALTH.forEach((word, field) -> {
            if (isSaid(said.path("healthcheck").path(word))) {
                own.add("Healthcheck." + field);
            }
        });
        ports(own, said);
        said.path("volumes")
                .forEach(volume -> own.add("Volumes." + volume.path("target").asString("")));
        return own;
    }

    private static void keys(Set<String> own, String field, JsonNode said) {
        said.properties().stream()
                // Without a value the name says: from the shell, where it has one.
                .filter(entry -> isSaid(entry.getValue()))
                .forEach(entry -> own.add(field + entry.getKey()));
    }

    private static void plain(Set<String> own, JsonNode said, Map<String, String> fields) {
        fields.forEach((word, field) -> {
            if (isSaid(said.path(word))) {
                own.add(field);
            }
        });
    }

    private static boolean isSaid(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static void ports(Set<String> own, JsonNode said) {
        for (JsonNode exposed : said.path("expose")) {
            String port = exposed.asString("");
            own.add("ExposedPorts." + (port.contains("/") ? port : port + "/tcp"));
        }
        for (JsonNode published : said.path("ports")) {
            own.add(
                    "ExposedPorts."
                            + published.path("target").asInt(0)
                            + "/"
                            + published.path("protocol").asString("tcp"));
        }
    }
}
