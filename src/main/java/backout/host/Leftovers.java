package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Pause;
import backout.run.Work;

import java.time.Duration;

/**
 * Processes that an earlier, killed bot started for the same piece of work: killing the bot does
 * not stop its {@code docker compose}.
 */
public final class Leftovers {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Host host;
    private final Pause pause;

    public Leftovers(Host host, Pause pause) {
        this.host = host;
        this.pause = pause;
    }

    /** Returns when none is at work any more. */
    public void awaitNone(Work work) {
        for (var left = host.atWork(work.tag()); !left.isEmpty(); left = host.atWork(work.tag())) {
            if (work.by().passed()) {
                throw Problem.stop(
                        Phrase.of("a command of an earlier try is still at work: {0}", left),
                        Phrase.of("wait until it ends, or end it"));
            }
            pause.waitFor(LOOK_AGAIN);
        }
    }
}
