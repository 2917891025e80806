package backout.docker;

import backout.problem.ProblemException;
import backout.run.Executor;
import backout.run.Pause;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Listens to the engine for anything that happens to the container of a target. An engine that is
 * away is asked again.
 */
public final class EventWatch implements Executor.Following {
    private static final Logger log = LoggerFactory.getLogger(EventWatch.class);
    private static final Set<String> NEWS =
            Set.of("start", "die", "destroy", "health_status", "rename");
    private static final Duration STRETCH = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Engine engine;
    private final Object target;
    private final Predicate<EngineEvent> isAbout;
    private final Runnable changed;
    private final Pause pause;
    private final Thread thread;

    /**
     * @param target what log lines call it
     * @param isAbout which events are about it
     */
    public EventWatch(
            Engine engine,
            Object target,
            Predicate<EngineEvent> isAbout,
            Runnable changed,
            Pause pause) {
        this.isAbout = isAbout;
        this.engine = engine;
        this.target = target;
        this.changed = changed;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("events of " + target).start(this::listen);
    }

    private void listen() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Instant now = engine.now();
                engine.follow(now, now, STRETCH, this::note);
            } catch (ProblemException away) {
                if (!Thread.currentThread().isInterrupted()) { // else it is only told to end
                    log.info("{}: {}", target, away.problem());
                    waitABit();
                }
            }
        }
    }

    private void waitABit() {
        try {
            pause.waitFor(AGAIN);
        } catch (ProblemException stopped) {
            log.debug("{}: {}", target, stopped.problem());
        }
    }

    private void note(EngineEvent event) {
        if (NEWS.contains(event.action()) && isAbout.test(event)) {
            changed.run();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
