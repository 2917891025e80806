package backout.redis;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What INFO says that a backup or a check needs.
 *
 * @param runId changes with each start of the server
 * @param maxMemory bytes, 0 for no limit
 * @param rewriting the AOF is being rewritten or is about to be
 * @param lastSave when the last good RDB was finished, to the second
 * @param saveWell the last background save ended well; true when there was none yet
 * @param keys per database
 */
public record RedisInfo(
        String version,
        String runId,
        String role,
        boolean loading,
        boolean saving,
        boolean rewriting,
        boolean saveWell,
        Instant lastSave,
        long usedMemory,
        long maxMemory,
        long evictedKeys,
        Map<Integer, Long> keys) {
    public RedisInfo {
        keys = Map.copyOf(keys);
    }

    /** Of all databases: an RDB holds them all. */
    public long allKeys() {
        return keys.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * @throws ProblemException naming the first field that is missing
     */
    static RedisInfo parse(String text, String where) {
        var fields = new Fields(where, new HashMap<>());
        text.lines().forEach(fields::add);
        return new RedisInfo(
                fields.text("redis_version"),
                fields.text("run_id"),
                fields.text("role"),
                fields.flag("loading"),
                fields.flag("rdb_bgsave_in_progress"),
                fields.flag("aof_rewrite_in_progress") || fields.flag("aof_rewrite_scheduled"),
                fields.text("rdb_last_bgsave_status").equals("ok"),
                Instant.ofEpochSecond(fields.number("rdb_last_save_time")),
                fields.number("used_memory"),
                fields.number("maxmemory"),
                fields.number("evicted_keys"),
                fields.keys());
    }

    private record Fields(String where, Map<String, String> all) {
        void add(String line) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                all.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }

        String text(String name) {
            String value = all.get(name);
            if (value == null) {
                throw unreadable(Phrase.of("INFO does not say {0}", name));
            }
            return value;
        }

        boolean flag(String name) {
            return number(name) != 0;
        }

        long number(String name) {
            String value = text(name);
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException _) {
                throw unreadable(Phrase.of("INFO says {0}:{1}, which is no number", name, value));
            }
        }

        /** {@code db0:keys=12,expires=0,avg_ttl=0}; an empty database has no line. */
        Map<Integer, Long> keys() {
            var keys = new TreeMap<Integer, Long>();
            all.forEach((name, value) -> {
                if (name.matches("db\\d{1,6}") && value.matches("keys=\\d{1,18}(,.*)?")) {
                    keys.put(
                            Integer.valueOf(name.substring(2)),
                            Long.valueOf(value.substring(5).replaceFirst(",.*", "")));
                }
            });
            return keys;
        }

        private ProblemException unreadable(Phrase what) {
            return new ProblemException(
                    new Problem(
                            what,
                            where,
                            Phrase.of("Look whether this is a Redis and the user may run INFO")));
        }
    }
}
