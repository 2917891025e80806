package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Head;

import org.sqlite.SQLiteConfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the journal's chain proves, as it is at one moment, while others may write to it. Only
 * reads.
 */
public final class Audit {
    private Audit() {}

    /**
     * @param head the last event that is there
     * @param ofRuns how many events of runs are from before the chain
     * @param ofTargets how many of targets
     * @param began when the chain began
     * @param wrong what is not as it was written, the first of it; empty where all is
     * @param more how much else is
     */
    public record Verdict(
            Head head, long ofRuns, long ofTargets, Instant began, List<Phrase> wrong, long more) {
        public Verdict {
            wrong = List.copyOf(wrong);
        }

        public boolean isWhole() {
            return wrong.isEmpty();
        }
    }

    /**
     * Reads all of it.
     *
     * @param posted heads that were shown to people, in any order
     * @throws ProblemException when it cannot be read; nobody knows then how it is
     */
    public static Verdict verify(Path stateDir, List<Head> posted) {
        return read(stateDir, new AuditWalk(posted, (_, _) -> {}));
    }

    /**
     * The same, and gives each line in its order.
     *
     * @param since leaves out what is before the first event from then on; empty for everything
     * @throws ProblemException when it cannot be read; what was given until then stands
     */
    public static Verdict export(Path stateDir, Optional<Instant> since, Consumer<String> line) {
        return read(stateDir, new AuditWalk(List.of(), new AuditLines(since, line)));
    }

    private static Verdict read(Path stateDir, AuditWalk walk) {
        Path file = stateDir.toAbsolutePath().resolve("backout.db");
        if (!Files.exists(file)) {
            throw Problem.stop(
                    Phrase.of("there is no journal yet"),
                    file.toString(),
                    Phrase.of("start Backout first"));
        }
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(Database.LOCKED_FOR_MILLIS);
        try (var connection = config.createConnection("jdbc:sqlite:" + file)) {
            var session = new Session(connection);
            refuseOtherVersion(session, file);
            session.run("BEGIN");
            return walk.over(session);
        } catch (SQLException e) {
            throw new Trouble(file).of(e);
        }
    }

    private static void refuseOtherVersion(Session session, Path file) throws SQLException {
        int there = Schema.version(session);
        if (there > Schema.SCRIPTS.size()) {
            throw new Schema(file).newer(there);
        }
        if (there < Schema.SCRIPTS.size()) {
            throw Problem.stop(
                    Phrase.of(
                            "an older Backout wrote this journal, its chain has not begun (tables"
                                    + " {0}, this one knows {1})",
                            there, Schema.SCRIPTS.size()),
                    file.toString(),
                    Phrase.of("start this Backout on it once: the chain begins then"));
        }
    }
}
