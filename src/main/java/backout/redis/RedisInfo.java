package backout.redis;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.HashMap;
import java.util.Map;

/**
 * What INFO says that a backup or a check needs.
 *
 * @param runId changes with each start of the server
 * @param rewriting the AOF is being rewritten or is about to be
 * @param saveWell the last background save ended well; true when there was none yet
 */
public record RedisInfo(
        String runId,
        boolean loading,
        boolean saving,
        boolean rewriting,
        boolean saveWell,
        long usedMemory) {
    /**
     * @throws ProblemException naming the first field that is missing
     */
    static RedisInfo parse(String text, String where) {
        var fields = new Fields(where, new HashMap<>());
        text.lines().forEach(fields::add);
        return new RedisInfo(
                fields.text("run_id"),
                fields.flag("loading"),
                fields.flag("rdb_bgsave_in_progress"),
                fields.flag("aof_rewrite_in_progress") || fields.flag("aof_rewrite_scheduled"),
                fields.text("rdb_last_bgsave_status").equals("ok"),
                fields.number("used_memory"));
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

        private ProblemException unreadable(Phrase what) {
            return Problem.stop(
                    what,
                    where,
                    Phrase.of("Look whether this is a Redis and the user may run INFO"));
        }
    }
}
