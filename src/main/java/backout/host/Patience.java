package backout.host;

import java.time.Duration;

/**
 * How long another machine is waited for.
 *
 * @param connect until it has let the bot in, or has begun a command
 * @param alive a connection on which nothing comes is asked after this time; it is given up when
 *     that has had no answer twice
 */
record Patience(Duration connect, Duration alive) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(10));
}
