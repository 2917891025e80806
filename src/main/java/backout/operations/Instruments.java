package backout.operations;

import backout.report.Room;
import backout.run.Journal;
import backout.run.Leases;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Hears how the journal, the leases and the chats answer, and hands it on to whoever listens;
 * nobody does where the bot does not serve.
 */
public final class Instruments {
    /** What came of a call to a chat. */
    public enum Delivery {
        OK,
        LATER,
        REFUSED
    }

    /** Is told while the work goes on: must return at once and throw nothing. */
    public interface Listener {
        /** {@code written} is false when nothing was. */
        void appended(Duration took, boolean written);

        void leaseLost();

        /** {@code call} is what was wanted: {@code post}, {@code edit}. */
        void delivered(String chat, String call, Delivery result);
    }

    private static final class Nobody implements Listener {
        @Override
        public void appended(Duration took, boolean written) {
            // nobody counts
        }

        @Override
        public void leaseLost() {
            // nobody counts
        }

        @Override
        public void delivered(String chat, String call, Delivery result) {
            // nobody counts
        }
    }

    private final LongSupplier nanos;
    private volatile Listener listener = new Nobody();

    public Instruments(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void tell(Listener listener) {
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    public Journal on(Journal journal) {
        return new MeasuredJournal(journal, this);
    }

    public Leases on(Leases leases) {
        return new CountedLeases(leases, this);
    }

    public Room on(Room room) {
        return new CountedRoom(room, this);
    }
}
