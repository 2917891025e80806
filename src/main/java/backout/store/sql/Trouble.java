package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.sqlite.SQLiteErrorCode;

import java.nio.file.Path;
import java.sql.SQLException;

/** Says in words what the world did to the file. */
record Trouble(Path file) {
    /** What people are told; our own mistakes, such as a broken statement, stay exceptions. */
    RuntimeException of(SQLException cause) {
        return switch (primary(cause)) {
            case SQLITE_FULL ->
                    told(
                            cause,
                            Phrase.of("the disk is full, nothing was written"),
                            Phrase.of("free some space: df -h {0}", folder()));
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                    told(
                            cause,
                            Phrase.of("the journal may not be written, nothing was"),
                            Phrase.of(
                                    "give it to this user on a disk that can be written: ls -ld {0}"
                                            + " {1}",
                                    folder(), file));
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    told(
                            cause,
                            Phrase.of(
                                    "another process has locked the journal for {0} s, nothing was"
                                            + " written",
                                    Database.LOCKED_FOR_MILLIS / 1000),
                            Phrase.of(
                                    "say it again; if it stays so, see who has it: fuser -v {0}",
                                    file));
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                    told(
                            cause,
                            Phrase.of("the journal is damaged or no journal ({0})", words(cause)),
                            Phrase.of(
                                    "stop every Backout that uses it, keep a copy of {0}, then put"
                                        + " back a backup of it or save what can be read: sqlite3"
                                        + " backout.db .recover",
                                    folder()));
            case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_NOLFS, SQLITE_PROTOCOL ->
                    told(
                            cause,
                            Phrase.of(
                                    "the disk under the journal does not work ({0})", words(cause)),
                            Phrase.of(
                                    "look at the disk, it may be full: df -h {0}; dmesg | tail",
                                    folder()));
            default -> new IllegalStateException("our own use of the journal is wrong", cause);
        };
    }

    static boolean isLocked(SQLException cause) {
        return primary(cause) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** Extended codes carry the plain one in their lowest byte. */
    private static SQLiteErrorCode primary(SQLException cause) {
        return SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xff);
    }

    private static String words(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private Path folder() {
        return file.toAbsolutePath().resolveSibling("");
    }

    private ProblemException told(SQLException cause, Phrase what, Phrase next) {
        var told = Problem.stop(what, file.toString(), next);
        told.initCause(cause);
        return told;
    }
}
