package backout.redis;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * One background save from the question to the proof.
 *
 * <p>LASTSAVE counts seconds, so a save that ends in the second of the one before does not change
 * it. The proof is therefore another: BGSAVE said that it started, later no save runs, the last one
 * ended well, and it is the same start of the server. BGSAVE SCHEDULE is not used for the same
 * reason: nothing tells a scheduled save from a finished one, so an AOF rewrite is waited out
 * first.
 */
final class Saving {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final RedisServer server;
    private final InstantSource clock;
    private final Pause pause;
    private final Duration within;
    private final Instant deadline;

    Saving(RedisServer server, InstantSource clock, Pause pause, Duration within) {
        this.server = server;
        this.clock = clock;
        this.pause = pause;
        this.within = within;
        this.deadline = clock.instant().plus(within);
    }

    /** Where the copy is then, as the server sees it. */
    Path save() {
        Path dump = Path.of(setting("dir")).resolve(setting("dbfilename")).normalize();
        finish(start());
        return dump;
    }

    /** What INFO says right after the fork. */
    private RedisInfo start() {
        while (true) {
            RedisInfo before = quiet();
            String answer = server.bgsave();
            if (answer.toLowerCase(Locale.ROOT).contains("started")) {
                RedisInfo after = server.info();
                refuseRestarted(before, after);
                return after;
            }
            if (!isBusy(answer)) {
                throw problem(
                        Phrase.of("Redis did not start a background save: {0}", answer),
                        Phrase.of("Look into its log; often memory for the fork is missing"));
            }
            waitFor(before);
        }
    }

    /** Another child was faster, or it is a module's, which INFO does not tell of here. */
    private static boolean isBusy(String answer) {
        String lower = answer.toLowerCase(Locale.ROOT);
        return lower.contains("in progress") || lower.contains("child process");
    }

    private RedisInfo quiet() {
        RedisInfo info = server.info();
        while (info.saving() || info.rewriting() || info.loading()) {
            waitFor(info);
            info = server.info();
        }
        return info;
    }

    private RedisInfo finish(RedisInfo start) {
        RedisInfo info = start;
        while (info.saving()) {
            waitFor(info);
            info = server.info();
            refuseRestarted(start, info);
        }
        if (!info.saveWell()) {
            throw problem(
                    Phrase.of(
                            "Redis could not write its snapshot (rdb_last_bgsave_status is not"
                                    + " ok)"),
                    Phrase.of(
                            "Look into its log: mostly the disk is full or the folder is"
                                    + " read-only"));
        }
        return info;
    }

    private void refuseRestarted(RedisInfo before, RedisInfo now) {
        if (!before.runId().equals(now.runId())) {
            throw problem(
                    Phrase.of("Redis was restarted while it saved"),
                    Phrase.of("Look why it restarted, then ask again"));
        }
    }

    private void waitFor(RedisInfo info) {
        if (clock.instant().isAfter(deadline)) {
            throw problem(
                    late(info), Phrase.of("Give it more time, or go without the Redis backup"));
        }
        pause.waitFor(LOOK_EVERY);
    }

    private Phrase late(RedisInfo info) {
        long seconds = within.toSeconds();
        if (info.saving()) {
            return Phrase.of(
                    "the snapshot was not ready within {0} s; Redis is still busy saving", seconds);
        }
        if (info.rewriting()) {
            return Phrase.of(
                    "the snapshot was not ready within {0} s; Redis is still busy rewriting its"
                            + " AOF",
                    seconds);
        }
        return info.loading()
                ? Phrase.of(
                        "the snapshot was not ready within {0} s; Redis is still busy loading its"
                                + " data",
                        seconds)
                : Phrase.of(
                        "the snapshot was not ready within {0} s; Redis is still busy with another"
                                + " child process",
                        seconds);
    }

    private String setting(String name) {
        String value = server.config(name).get(name);
        if (value == null) {
            throw problem(
                    Phrase.of("Redis does not tell its setting {0}", name),
                    Phrase.of("Allow the user CONFIG GET {0}", name));
        }
        return value;
    }

    private ProblemException problem(Phrase what, Phrase next) {
        return Problem.stop(what, server.where(), next);
    }
}
