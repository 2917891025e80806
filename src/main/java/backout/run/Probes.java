package backout.run;

import backout.check.Probe;
import backout.language.Phrase;

import java.util.List;

/**
 * The eyes that an executor lends for one series of looks at one target. They tell what is seen;
 * judging, waiting and comparing are the core's. One thread at a time.
 */
public interface Probes extends Probe, AutoCloseable {
    /**
     * Which release runs now.
     *
     * @return its identity, as plans name it
     * @throws backout.problem.ProblemException when nothing runs, or nobody could look
     */
    String running();

    /**
     * From now on one look follows the other: what the world takes long to measure may be measured
     * beside them until {@link #close}.
     */
    default void repeatedly(Pause pause) {}

    /**
     * What holds of every service of this kind, though no check says so. Never throws.
     *
     * @return lines as of checks; empty where there is nothing to look at
     */
    default List<String> unsaid() {
        return List.of();
    }

    /** Whether waiting is in vain: it is over, or crashes again and again. Never throws. */
    default boolean isHopeless() {
        return false;
    }

    /** The last lines that the service wrote, without secrets; empty where there are none. */
    default List<Phrase> log() {
        return List.of();
    }

    /** What the service needs and what is not there: no release is to blame for it. */
    default List<Phrase> outside() {
        return List.of();
    }

    @Override
    default void close() {}
}
