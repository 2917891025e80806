package backout.run;

/** The simulated outbox keeps to what the real one keeps to. */
class MemoryOutboxTest extends OutboxContract {
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(new HandClock()));

    @Override
    protected Journal journal() {
        return journal;
    }

    @Override
    protected Outbox outbox() {
        return journal;
    }
}
