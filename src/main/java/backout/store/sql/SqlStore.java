package backout.store.sql;

import backout.frontdesk.Acks;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Posts;
import backout.run.Journal;
import backout.run.Leases;
import backout.run.Observer;
import backout.run.Outbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The embedded store: {@code backout.db} in the state folder. Each open store is one holder of
 * leases, also when a process opens several.
 */
public final class SqlStore implements AutoCloseable {
    /** In the state folder. */
    public static final String FILE = "backout.db";

    private final Database database;
    private final SqlJournal journal;
    private final SqlLeases leases;
    private final SqlOutbox outbox;

    private SqlStore(Database database, SqlLeases leases, InstantSource clock, Observer observer) {
        this.database = database;
        this.journal = new SqlJournal(database, clock, observer);
        this.leases = leases;
        this.outbox = new SqlOutbox(database);
    }

    /**
     * Leases are measured by the clock that nobody sets (of Linux: CLOCK_MONOTONIC, one for all
     * processes until the next boot; none of them outlives a boot). What an older Backout wrote by
     * the wall lies far ahead: it counts until its process ends.
     */
    public static InstantSource sinceBoot(LongSupplier nanos) {
        return () -> Instant.EPOCH.plusNanos(nanos.getAsLong());
    }

    /** Opens the store where nobody wants to be told of it. */
    public static SqlStore open(Path stateDir, InstantSource clock) {
        return open(stateDir, clock, Observer.NOBODY);
    }

    /**
     * Opens the store; makes the folder and the tables where they are missing.
     *
     * @throws ProblemException when the file cannot be used, or a newer Backout wrote it; it is
     *     left as it is
     */
    public static SqlStore open(Path stateDir, InstantSource clock, Observer observer) {
        Path file = stateDir.toAbsolutePath().resolve(FILE);
        try {
            refuseWhatTheDriverMisreads(file);
            Owner.refuseOther(stateDir);
            makeForOwnerOnly(stateDir, file);
        } catch (IOException | SecurityException e) {
            throw unusable(stateDir, e);
        }
        var database = Database.open(file, clock.instant());
        var leases = new SqlLeases(database, stateDir.resolve("holders"), clock, observer);
        return new SqlStore(database, leases, clock, observer);
    }

    /**
     * For those who write beside the store without opening it.
     *
     * @throws ProblemException when the folder is another user's; nothing was touched
     */
    public static void refuseOthers(Path stateDir) {
        try {
            Owner.refuseOther(stateDir);
        } catch (IOException e) {
            throw unusable(stateDir, e);
        }
    }

    /** It takes what follows a question mark for options and would open another file. */
    private static void refuseWhatTheDriverMisreads(Path file) throws IOException {
        if (file.toString().contains("?")) {
            throw new IOException("its path holds a question mark");
        }
    }

    /** SQLite gives its -wal and -shm files the mode of the file they belong to. */
    private static void makeForOwnerOnly(Path stateDir, Path file) throws IOException {
        Files.createDirectories(stateDir);
        boolean posix = Files.getFileStore(stateDir).supportsFileAttributeView("posix");
        if (posix) {
            Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwx------"));
        }
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + " is not a file");
            }
        }
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static ProblemException unusable(Path stateDir, Exception cause) {
        var problem =
                Problem.stop(
                        Phrase.of("the state folder cannot be used: {0}", Cause.of(cause)),
                        stateDir.toString(),
                        Phrase.of(
                                "give this user a folder of its own that it can write to:"
                                        + " ls -ld {0}",
                                stateDir));
        problem.initCause(cause);
        return problem;
    }

    public Journal journal() {
        return journal;
    }

    public Leases leases() {
        return leases;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Posts posts() {
        return new SqlPosts(database);
    }

    public Acks acks() {
        return new SqlAcks(database);
    }

    /**
     * Forgets where the messages of runs are that were over before then, once every face has told
     * them; the events stay.
     *
     * @return how many rows went
     */
    public int forgetMessages(Instant before) {
        return database.write(
                session -> SqlOutbox.forget(session, before) + SqlPosts.forget(session, before));
    }

    /** Whatever leases are still held may be taken by others at once. */
    @Override
    public void close() {
        try (database) {
            leases.close();
        }
    }
}
