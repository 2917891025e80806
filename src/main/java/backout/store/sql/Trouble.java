package backout.store.sql;

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
                            "the disk is full, nothing was written",
                            "free some space: df -h " + folder());
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                    told(
                            cause,
                            "the journal may not be written, nothing was",
                            "give it to this user on a disk that can be written: ls -ld "
                                    + folder()
                                    + " "
                                    + file);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    told(
                            cause,
                            "another process has locked the journal for "
                                    + Database.LOCKED_FOR_MILLIS / 1000
                                    + " s, nothing was written",
                            "say it again; if it stays so, see who has it: fuser -v " + file);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                    told(
                            cause,
                            "the journal is damaged or no journal (" + words(cause) + ")",
                            "stop every Backout that uses it, keep a copy of "
                                    + folder()
                                    + ", then put back a backup of it or save what can be read:"
                                    + " sqlite3 backout.db .recover");
            case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_NOLFS, SQLITE_PROTOCOL ->
                    told(
                            cause,
                            "the disk under the journal does not work (" + words(cause) + ")",
                            "look at the disk, it may be full: df -h "
                                    + folder()
                                    + "; dmesg | tail");
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

    private ProblemException told(SQLException cause, String what, String next) {
        var told = new ProblemException(new Problem(what, file.toString(), next));
        told.initCause(cause);
        return told;
    }
}
