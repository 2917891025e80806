package backout.target.compose;

import backout.check.Field;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.UsageSample;
import backout.language.Phrase;
import backout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks at the service's container through the engine. One instance per series of looks: CPU needs
 * two of them.
 */
final class ContainerProbe implements Probe {
    private final Engine engine;
    private final Discovery discovery;
    private final Containers containers;
    private final String project;
    private final String service;
    private final String wanted;
    private @Nullable UsageSample earlier;

    /** {@code wanted} is the identity that the plan names, for images that are named by digest. */
    ContainerProbe(
            Engine engine,
            Discovery discovery,
            Containers containers,
            String project,
            String service,
            String wanted) {
        this.engine = engine;
        this.discovery = discovery;
        this.containers = containers;
        this.project = project;
        this.service = service;
        this.wanted = wanted;
    }

    @Override
    public Reading look(Subject filled, Duration deadline) {
        try {
            Optional<ContainerState> state = state();
            return state.isEmpty()
                    ? new Reading.NoAnswer(Phrase.of("no container"))
                    : read(state.get());
        } catch (ProblemException e) {
            return new Reading.NotSeen(e.problem());
        }
    }

    /** The container that serves; while one is being replaced, the newer one. */
    Optional<ContainerState> state() {
        List<ContainerSummary> found =
                discovery.containers(project, service).stream()
                        .filter(container -> !container.name().contains("-backout-old-"))
                        .toList();
        return found.stream().findFirst().flatMap(container -> engine.stateOf(container.id()));
    }

    private Reading read(ContainerState state) {
        String word =
                state.isRestarting() ? "restarting" : state.isRunning() ? "running" : "exited";
        Reading.Facts facts =
                Reading.Facts.none()
                        .with(Field.STATE, word)
                        .with(Field.IMAGE, containers.identity(state.imageId(), wanted))
                        .with(Field.RESTARTS, state.restartCount());
        if (state.health().isPresent()) {
            facts = facts.with(Field.HEALTH, state.health().get());
        }
        Optional<UsageSample> usage =
                state.isRunning() && !state.isRestarting()
                        ? engine.usage(state.id())
                        : Optional.empty();
        if (usage.isEmpty()) {
            return facts;
        }
        facts = facts.with(Field.MEMORY, usage.get().memoryBytes());
        OptionalDouble cpu =
                earlier == null ? OptionalDouble.empty() : usage.get().cpuPercentSince(earlier);
        earlier = usage.get();
        return cpu.isPresent()
                ? facts.with(
                        Field.CPU, BigDecimal.valueOf(Math.round(cpu.getAsDouble() * 10) / 10.0))
                : facts;
    }
}
