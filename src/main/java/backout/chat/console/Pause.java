package backout.chat.console;

import java.time.Duration;

/** Lets time pass: a thread's sleep in life. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;
}
