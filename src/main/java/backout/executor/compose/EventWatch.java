package backout.executor.compose;

import backout.docker.Engine;
import backout.docker.EngineEvent;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.Executor;
import backout.run.Pause;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Listens to the engine for anything that happens to a target's container. An engine that is away
 * is asked again.
 */
final class EventWatch implements Executor.Following {
    private static final Logger log = LoggerFactory.getLogger(EventWatch.class);
    private static final Set<String> NEWS =
            Set.of("start", "die", "destroy", "health_status", "rename");
    private static final Duration STRETCH = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Engine engine;
    private final Target target;
    private final Runnable changed;
    private final InstantSource clock;
    private final Pause pause;
    private final Thread thread;

    EventWatch(Engine engine, Target target, Runnable changed, InstantSource clock, Pause pause) {
        this.engine = engine;
        this.target = target;
        this.changed = changed;
        this.clock = clock;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("events of " + target.name()).start(this::listen);
    }

    private void listen() {
        while (!Thread.currentThread().isInterrupted()) {
            Instant now = clock.instant();
            try {
                engine.follow(now, now, STRETCH, this::note);
            } catch (ProblemException away) {
                if (!Thread.currentThread().isInterrupted()) { // else it is only told to end
                    log.info("{}: {}", target.name(), away.problem());
                    waitABit();
                }
            }
        }
    }

    private void waitABit() {
        try {
            pause.waitFor(AGAIN);
        } catch (ProblemException stopped) {
            log.debug("{}: {}", target.name(), stopped.problem());
        }
    }

    private void note(EngineEvent event) {
        boolean isOurs =
                target.settings().text("project").equals(event.attributes().get(Discovery.PROJECT))
                        && target.settings()
                                .text("service")
                                .equals(event.attributes().get(Discovery.SERVICE));
        if (isOurs && NEWS.contains(event.action())) {
            changed.run();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
