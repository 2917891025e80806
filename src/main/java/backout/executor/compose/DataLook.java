package backout.executor.compose;

import backout.archive.BackupLook;
import backout.archive.BackupLook.Counted;
import backout.archive.Exclusions;
import backout.archive.Unsaved;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.redis.RedisDump;
import backout.redis.RedisWay;
import backout.run.Findings;
import backout.run.Preflight;

import java.util.Optional;

/** Whether the data of a project and its Redis can be saved, or shall not be. */
record DataLook(BackupSources content, RedisDump redis, BackupLook backup)
        implements Preflight.Look<Prospect> {
    @Override
    public Findings at(Prospect prospect) {
        if (!prospect.prepares("compose.backup")) {
            return Findings.fine();
        }
        Optional<RedisWay> way = RedisWay.of(prospect.target().settings());
        if (Unsaved.isWished(prospect.wanted())) {
            Phrase wished = Phrase.of("said so: without data backup");
            Findings data = Unsaved.data(wished);
            return way.isPresent() ? data.and(Unsaved.redis(wished)) : data;
        }
        Counted data =
                backup.data(
                        () ->
                                content.data(
                                        prospect.project(),
                                        prospect.container().name(),
                                        prospect.saved()),
                        new Exclusions(prospect.target().settings().texts("backup.exclude")));
        return way.map(there -> data.findings().and(redis(prospect, there, data.needed())))
                .orElse(data.findings());
    }

    /** Its own copy lies on the same disk perhaps. */
    private Findings redis(Prospect prospect, RedisWay way, long besides) {
        try {
            long bytes = redis.look(content.around(prospect.project().name()), way);
            return backup.full(Math.multiplyExact(2, bytes), besides)
                    .map(Unsaved::redis)
                    .orElse(Findings.fine());
        } catch (ProblemException e) {
            return Unsaved.redis(withNext(e.problem()));
        }
    }

    /** It may be mended before the rollback is asked for. */
    private static Phrase withNext(Problem problem) {
        return problem.next().isEmpty()
                ? problem.what()
                : Phrase.of("{0} ({1})", problem.what(), problem.next());
    }
}
