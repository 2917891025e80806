package backout.run;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import java.util.List;

/**
 * What faces still have to tell: one row per journalled event of a run or of a target, written in
 * the same transaction as the event. A face reads its rows, shows the run, and says how far it got;
 * after a crash it goes on there, so it may tell the same thing twice but never skips one.
 */
public interface Outbox {
    /**
     * One event to be told.
     *
     * @param id rises with every row; a face's place in the outbox
     * @param seq the event's place in its run, the first is 1
     * @param kind the event's stored name: {@code requested}, {@code step-began}
     */
    record Row(long id, RunId run, int seq, String kind) {}

    /**
     * One event of a target beside its runs.
     *
     * @param id rises with every row; a face's place among these
     */
    record TargetRow(long id, TargetName target, TargetEvent event) {}

    /** From now on it tells; what is there already is not for a face that has not told before. */
    void join(String face);

    /** It tells no more; when it joins again it is a new one. */
    void leave(String face);

    /** All that joined and did not leave. */
    List<String> faces();

    /** The next rows for a face in order, at most {@code most}. */
    List<Row> due(String face, int most);

    /**
     * This row and all before it are told. Never goes back: an older id changes nothing.
     *
     * @throws IllegalArgumentException when there is no such row
     */
    void delivered(String face, long id);

    /** The next events of targets for a face in order, at most {@code most}. */
    List<TargetRow> dueOfTargets(String face, int most);

    /** This event of a target and all before it are told. Never goes back. */
    void deliveredOfTargets(String face, long id);
}
