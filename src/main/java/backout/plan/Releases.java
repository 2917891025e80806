package backout.plan;

import java.util.Optional;

/** Which releases of one target can be had, and how: what its executor knows. Touches nothing. */
public interface Releases {
    /**
     * How a release of the ledger can be had again.
     *
     * @throws backout.problem.ProblemException when it cannot, or nobody could tell; says what
     *     would help
     */
    Had again(Release release);

    /**
     * What a word means that the ledger does not know; empty where it means nothing.
     *
     * @throws backout.problem.ProblemException when the target may not run it, or nobody could tell
     */
    Optional<Had> find(String text);

    /**
     * One that can be had.
     *
     * @param source how it can be had again, as the target's files name it
     * @param identity by which it is found to run; of what is not here yet, the name that it will
     *     be fetched by
     * @param isHere whether nothing has to be fetched
     */
    record Had(Release release, String source, String identity, boolean isHere) {}
}
