package backout.redis;

import java.time.Duration;

/** How time is waited out between two looks at a server. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;
}
