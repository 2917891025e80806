package backout.docker;

import backout.check.Field;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.run.Pause;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Looks at the service's container through the engine, and at those of other services that a check
 * names. One instance per series of looks: CPU needs two of them.
 */
public final class ContainerProbe implements Probe, AutoCloseable {
    private final Engine engine;
    private final Function<String, List<ContainerSummary>> containers;
    private final String service;
    private final Map<String, String> wanted;
    private final Map<String, ContainerProbe> others = new HashMap<>();
    private @Nullable Pause measuring;
    private @Nullable UsageSample earlier;
    private @Nullable UsageSamples samples;

    /**
     * @param containers those of a service, the newest first
     * @param service the one that is meant where a check names none
     * @param wanted the identity that the plan names for each service, for images that are named by
     *     digest
     */
    public ContainerProbe(
            Engine engine,
            Function<String, List<ContainerSummary>> containers,
            String service,
            Map<String, String> wanted) {
        this.engine = engine;
        this.containers = containers;
        this.service = service;
        this.wanted = wanted;
    }

    /**
     * From now on looks do not wait for the engine to measure, which takes it up to a second: they
     * take what was measured last, beside them, until {@link #close}.
     */
    public void measure(Pause between) {
        measuring = between;
        samples = new UsageSamples(engine, this::state, between);
    }

    @Override
    public void close() {
        if (samples != null) {
            samples.close();
        }
        others.values().forEach(ContainerProbe::close);
    }

    private ContainerProbe of(String other) {
        return others.computeIfAbsent(
                other,
                name -> {
                    var probe = new ContainerProbe(engine, containers, name, wanted);
                    if (measuring != null) {
                        probe.measure(measuring);
                    }
                    return probe;
                });
    }

    @Override
    public Reading look(Subject filled, Duration deadline) {
        if (filled instanceof Subject.Container(var named)
                && !named.orElse(service).equals(service)) {
            return of(named.get()).look(filled, deadline);
        }
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
    public Optional<ContainerState> state() {
        List<ContainerSummary> found =
                containers.apply(service).stream()
                        .filter(container -> !container.isSetAside())
                        .toList();
        return found.stream().findFirst().flatMap(container -> engine.stateOf(container.id()));
    }

    private Reading read(ContainerState state) {
        String word =
                state.isRestarting() ? "restarting" : state.isRunning() ? "running" : "exited";
        Reading.Facts facts =
                Reading.Facts.none()
                        .with(Field.STATE, word)
                        .with(
                                Field.IMAGE,
                                engine.images()
                                        .named(state.imageId(), wanted.getOrDefault(service, "")))
                        .with(Field.RESTARTS, state.restartCount());
        if (state.health().isPresent()) {
            facts = facts.with(Field.HEALTH, state.health().get());
        }
        if (state.wasOutOfMemory()) {
            facts = facts.because(Phrase.of("killed for lack of memory"));
        }
        return state.isRunning() && !state.isRestarting() ? withUsage(facts, state.id()) : facts;
    }

    private Reading.Facts withUsage(Reading.Facts facts, String id) {
        UsageSamples beside = samples;
        if (beside != null) {
            return withUsage(facts, beside.latest(id), beside.earlier(id));
        }
        Optional<UsageSample> usage = engine.usage(id);
        Optional<UsageSample> before = Optional.ofNullable(earlier);
        earlier = usage.orElse(earlier);
        return withUsage(facts, usage, before);
    }

    private static Reading.Facts withUsage(
            Reading.Facts facts, Optional<UsageSample> usage, Optional<UsageSample> before) {
        if (usage.isEmpty()) {
            return facts;
        }
        Reading.Facts more = facts.with(Field.MEMORY, usage.get().memoryBytes());
        OptionalDouble cpu =
                before.isEmpty()
                        ? OptionalDouble.empty()
                        : usage.get().cpuPercentSince(before.get());
        return cpu.isPresent()
                ? more.with(
                        Field.CPU, BigDecimal.valueOf(Math.round(cpu.getAsDouble() * 10) / 10.0))
                : more;
    }
}
