package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.language.Phrase;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the next plain {@code up} would leave a service's container as it is: asked of compose,
 * else told by the hash in the container's label.
 */
final class NextUp {
    private final ComposeCli cli;
    private final Discovery discovery;

    NextUp(ComposeCli cli, Discovery discovery) {
        this.cli = cli;
        this.discovery = discovery;
    }

    /** Never where there is no container: up would make one. */
    boolean leavesAlone(Project project) {
        List<ContainerSummary> there = discovery.containers(project.name(), project.service());
        DryRun said = cli.dryRun(project, List.of(project.service()));
        return !there.isEmpty()
                && there.stream()
                        .allMatch(container ->
                                said.of(container.name())
                                        .map(fate -> fate == DryRun.Fate.LEFT)
                                        .orElseGet(() -> hasItsHash(project, container)));
    }

    /** What a person who types it should know; nothing is said of what is left alone. */
    Phrase says(Project project, Phrase done) {
        return foreseen(project).map(says -> Phrase.of("{0}; {1}", done, says)).orElse(done);
    }

    /** The dry run neither builds nor pulls, and a plain {@code up} does. */
    Optional<Phrase> foreseen(Project project) {
        var model = new Model(cli.config(project).json());
        String service = project.service();
        if (Built.isByEveryUp(model, service)) {
            return Optional.of(Phrase.of("the next docker compose up builds it from source first"));
        }
        if (Pulled.isByEveryUp(model, service, model.image(service))) {
            return Optional.of(Phrase.of("the next docker compose up asks the registry first"));
        }
        return leavesAlone(project)
                ? Optional.empty()
                : Optional.of(Phrase.of("the next docker compose up would make it anew"));
    }

    private boolean hasItsHash(Project project, ContainerSummary container) {
        var model = new Model(cli.config(project).json());
        List<ContainerSummary> all = discovery.containers(project.name());
        return cli.hashes(project, model.asMade(all, Map.of()))
                .getOrDefault(project.service(), "")
                .equals(container.labels().get(Discovery.HASH));
    }
}
