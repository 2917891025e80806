package backout.store.sql;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The open file: one connection that writes and one that only reads, so that a status question
 * never waits for somebody's lock. Other processes may have the same file open.
 */
final class Database implements AutoCloseable {
    /** How long SQLite waits for another process before it gives up. */
    static final int LOCKED_FOR_MILLIS = 5_000;

    /** What is done in one transaction. */
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    private final Trouble trouble;
    private final Session writer;
    private final Session reader;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();

    private Database(Trouble trouble, Session writer, Session reader) {
        this.trouble = trouble;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the file and brings its tables to the version that this Backout knows.
     *
     * @throws backout.problem.ProblemException when that cannot be done; nothing is left open
     */
    static Database open(Path file, Instant now) {
        var trouble = new Trouble(file);
        Connection writer = null;
        try {
            writer = connect(file);
            new Schema(file).bringUpToDate(new Session(writer), now);
            var reader = connect(file);
            var reading = new Session(reader);
            reading.run("PRAGMA query_only = ON");
            var database = new Database(trouble, new Session(writer), reading);
            writer = null;
            return database;
        } catch (SQLException e) {
            throw trouble.of(e);
        } finally {
            closeQuietly(writer);
        }
    }

    /**
     * While a new file becomes a write-ahead one for another process, SQLite says "locked" at once
     * instead of waiting: https://www.sqlite.org/c3ref/busy_handler.html.
     */
    static Connection connect(Path file) throws SQLException {
        long began = System.nanoTime();
        while (true) {
            try {
                return connectNow(file);
            } catch (SQLException e) {
                long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
                if (!Trouble.isLocked(e) || millis > LOCKED_FOR_MILLIS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static Connection connectNow(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(LOCKED_FOR_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException _) {
            // what kept it from opening is already on its way to the caller
        }
    }

    /** One transaction, on disk when this returns; when it throws, nothing was written. */
    <T> T write(Work<T> work) {
        writing.lock();
        try {
            return inTransaction(writer, work);
        } catch (SQLException e) {
            throw trouble.of(e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * The driver's own transactions would begin the next one with the commit of the last, and an
     * immediate one keeps every other process out.
     */
    static <T> T inTransaction(Session session, Work<T> work) throws SQLException {
        session.run("BEGIN IMMEDIATE");
        try {
            T result = work.on(session);
            session.run("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(session, e);
            throw e;
        }
    }

    /** SQLite has already rolled back by itself after some failures, a full disk among them. */
    private static void rollBack(Session session, Throwable why) {
        try {
            session.run("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    <T> T read(Work<T> work) {
        reading.lock();
        try {
            return work.on(reader);
        } catch (SQLException e) {
            throw trouble.of(e);
        } finally {
            reading.unlock();
        }
    }

    /**
     * The same answer again while nobody, in whichever process, has written anything: what is asked
     * several times a second costs little while nothing happens. The reader never writes, so that
     * its version changes with each commit: https://www.sqlite.org/pragma.html#pragma_data_version.
     */
    <T> Supplier<T> remembered(Work<T> work) {
        var last = new AtomicReference<@Nullable Remembered<T>>();
        return () ->
                read(session -> {
                    long version = session.version();
                    Remembered<T> before = last.get();
                    if (before != null && before.version() == version) {
                        return before.answer();
                    }
                    T answer = work.on(session);
                    last.set(new Remembered<>(version, answer));
                    return answer;
                });
    }

    private record Remembered<T>(long version, T answer) {}

    @Override
    public void close() {
        writing.lock();
        reading.lock();
        try (var _ = writer.connection();
                var _ = reader.connection()) {
            // the last one to close merges the write-ahead log into the file
        } catch (SQLException e) {
            throw trouble.of(e);
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }
}
