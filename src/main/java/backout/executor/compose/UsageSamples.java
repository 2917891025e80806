package backout.executor.compose;

import backout.docker.ContainerState;
import backout.docker.Engine;
import backout.docker.UsageSample;
import backout.problem.ProblemException;
import backout.run.Pause;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Measures what a container uses on a thread of its own: engines answer that only once a second,
 * and what must be well must not wait for it.
 */
final class UsageSamples implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UsageSamples.class);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Engine engine;
    private final Supplier<Optional<ContainerState>> state;
    private final Pause pause;
    private final Thread thread;
    private String id = "";
    private Optional<UsageSample> latest = Optional.empty();
    private Optional<UsageSample> earlier = Optional.empty();

    UsageSamples(Engine engine, Supplier<Optional<ContainerState>> state, Pause pause) {
        this.engine = engine;
        this.state = state;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("usage").start(this::measure);
    }

    private void measure() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                state.get().filter(ContainerState::isRunning).ifPresent(this::measure);
                pause.waitFor(BETWEEN);
            }
        } catch (ProblemException ended) {
            // Told to end, or the engine is away: then the looks themselves say so
            log.debug("nothing more is measured: {}", ended.problem());
        }
    }

    private void measure(ContainerState container) {
        engine.usage(container.id()).ifPresent(sample -> note(container.id(), sample));
    }

    private synchronized void note(String container, UsageSample sample) {
        earlier = container.equals(id) ? latest : Optional.empty();
        latest = Optional.of(sample);
        id = container;
    }

    /** Empty until this container was measured. */
    synchronized Optional<UsageSample> latest(String container) {
        return container.equals(id) ? latest : Optional.empty();
    }

    /** The one before it; empty until it was measured twice. */
    synchronized Optional<UsageSample> earlier(String container) {
        return container.equals(id) ? earlier : Optional.empty();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
