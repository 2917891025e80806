package backout.redis;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A finished RDB on the server's own disk, to be copied from there.
 *
 * @param dir as the server sees it, which inside a container is the container's path
 * @param appendOnly the server reads its AOF and not this file when it starts: putting the file
 *     back is not enough
 * @param appendDirName empty before Redis 7
 * @param lastSave when the save was finished
 * @param keys per database, counted at the start of the save
 */
public record Snapshot(
        String dir,
        String dbFilename,
        boolean appendOnly,
        Optional<String> appendDirName,
        Instant lastSave,
        String redisVersion,
        Map<Integer, Long> keys) {
    public Snapshot {
        keys = Map.copyOf(keys);
    }

    public long allKeys() {
        return keys.values().stream().mapToLong(Long::longValue).sum();
    }
}
