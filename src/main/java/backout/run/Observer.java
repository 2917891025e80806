package backout.run;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import java.time.Duration;
import java.util.List;

/**
 * Is told what becomes of the journal, of leases and of calls to chats, while the work goes on: it
 * must return soon and throw nothing.
 */
public interface Observer {
    Observer NOBODY = new Observer() {};

    /** What came of a call to a chat. */
    enum Delivery {
        OK,
        LATER,
        REFUSED
    }

    /** These are on disk now, in their order. */
    default void journalled(RunId run, List<RunEvent> events) {}

    /** These are on disk now, in their order. */
    default void journalled(TargetName target, List<TargetEvent> events) {}

    /** {@code written} is false when nothing was; an append that was only overtaken counts. */
    default void appended(Duration took, boolean written) {}

    default void leaseLost() {}

    /** {@code call} is what was wanted: {@code post}, {@code edit}. */
    default void delivered(String chat, String call, Delivery result) {}
}
