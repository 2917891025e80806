package backout.bench;

import java.util.List;

/** Something that is measured in rounds. */
interface Benchmark {
    /**
     * Prints what it measures on the way.
     *
     * @param leavings gets everything that must not stay
     */
    List<Goal> run(int rounds, Leavings leavings) throws Exception;
}
