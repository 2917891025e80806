package backout.watch;

import backout.run.Executor;
import backout.run.Loop;

import java.util.concurrent.Semaphore;

/**
 * A target that is looked at.
 *
 * @param changed is given a permit when something happened to it
 */
record Watched(Semaphore changed, Executor.Following following, Loop loop) {
    /** It is looked at no more; the look that is under way is cut off. */
    void end() {
        following.close();
        loop.interrupt();
    }
}
