package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a service depends on, by what compose wrote onto its container, and of that what is not up:
 * without it no release of the service can be well.
 */
final class Dependencies {
    private static final String DEPENDS_ON = "com.docker.compose.depends_on";

    private final Engine engine;
    private final List<ContainerSummary> containers;
    private final List<Phrase> down = new ArrayList<>();
    private final Set<String> looked = new HashSet<>();

    private Dependencies(Engine engine, List<ContainerSummary> containers) {
        this.engine = engine;
        this.containers = containers;
    }

    /** Empty where everything is up, and where the engine does not tell. */
    static List<Phrase> down(Engine engine, Discovery discovery, String project, String service) {
        try {
            var all = new Dependencies(engine, discovery.containers(project));
            all.lookBehind(service);
            return List.copyOf(all.down);
        } catch (ProblemException unknown) {
            // The checks themselves tell that the engine does not answer
            return List.of();
        }
    }

    private void lookBehind(String service) {
        of(service).stream()
                .map(container -> container.labels().getOrDefault(DEPENDS_ON, ""))
                .flatMap(label -> Arrays.stream(label.split(",")))
                .map(entry -> entry.split(":"))
                .filter(entry -> !entry[0].isBlank() && !isDoneOnce(entry))
                .map(entry -> entry[0].strip())
                .filter(looked::add)
                .toList()
                .forEach(this::look);
    }

    /** {@code redis:service_started:false}; a job that ended well is what is waited for. */
    private static boolean isDoneOnce(String[] entry) {
        return entry.length > 1 && entry[1].equals("service_completed_successfully");
    }

    private void look(String needed) {
        List<ContainerSummary> there = of(needed);
        if (there.isEmpty()) {
            down.add(Phrase.of("{0} has no container", needed));
        } else if (there.stream().noneMatch(one -> one.state().equals("running"))) {
            down.add(Phrase.of("{0} is {1}", needed, there.getFirst().state()));
        } else if (there.stream().allMatch(this::isUnhealthy)) {
            down.add(Phrase.of("{0} is {1}", needed, "unhealthy"));
        }
        lookBehind(needed);
    }

    private boolean isUnhealthy(ContainerSummary container) {
        return engine.stateOf(container.id())
                .flatMap(state -> state.health())
                .filter("unhealthy"::equals)
                .isPresent();
    }

    private List<ContainerSummary> of(String service) {
        return containers.stream()
                .filter(container -> service.equals(container.labels().get(Discovery.SERVICE)))
                .toList();
    }
}
