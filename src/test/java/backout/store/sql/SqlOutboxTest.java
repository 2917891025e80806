package backout.store.sql;

import backout.run.HandClock;
import backout.run.Journal;
import backout.run.Outbox;
import backout.run.OutboxContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The SQLite outbox. */
class SqlOutboxTest extends OutboxContract {
    @TempDir static Path folder;
    private final SqlStore store = SqlStore.open(fresh(), new HandClock());

    private static Path fresh() {
        return folder.resolve("state-" + System.nanoTime());
    }

    @Override
    protected Journal journal() {
        return store.journal();
    }

    @Override
    protected Outbox outbox() {
        return store.outbox();
    }

    @AfterEach
    void close() {
        store.close();
    }
}
