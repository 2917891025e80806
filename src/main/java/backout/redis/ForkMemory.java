package backout.redis;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.Optional;

/**
 * Whether a background save can be afforded: it forks, and each page that is written to meanwhile
 * is copied, in the worst case all of them.
 */
public final class ForkMemory {
    private ForkMemory() {}

    /**
     * @param freeMemory bytes available on the server's machine or below its container's limit
     */
    public static Optional<Problem> shortage(RedisInfo info, long freeMemory, String where) {
        if (freeMemory >= info.usedMemory()) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(
                        Phrase.of(
                                "a background save may need as much memory as Redis uses, {0}"
                                        + " bytes, but {1} are free",
                                "%,d".formatted(info.usedMemory()), "%,d".formatted(freeMemory)),
                        where,
                        Phrase.of("Free memory, or go without the Redis backup")));
    }
}
