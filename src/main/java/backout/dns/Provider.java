package backout.dns;

import backout.run.Script;

import java.util.List;
import java.util.OptionalInt;

/** Whoever keeps a zone. Only the types of {@link RecordSet#TYPES} are read and changed. */
public interface Provider {
    /**
     * All sets of these names, as they are kept.
     *
     * @param names in full, with the dot at their end
     * @throws backout.problem.ProblemException when nobody could look
     */
    Records read(List<String> names);

    /**
     * How many sets the whole zone has, NS and SOA among them; empty where it is not told.
     *
     * @throws backout.problem.ProblemException when nobody could look
     */
    OptionalInt size();

    /**
     * Proves, without changing anything, that all of that could be changed.
     *
     * @throws backout.problem.ProblemException when it could not, or nobody could tell
     */
    void rehearse(Records before, Records after);

    /**
     * Makes {@code after} of {@code before}: all of it or nothing, and nothing where {@code before}
     * no longer holds.
     *
     * @param going asked before each change, where they are several; throws when there shall be no
     *     more
     * @throws backout.problem.ProblemException when it was not done; unseen where it may have been,
     *     or a part of it where it does not change {@link #changesAtOnce}
     */
    void change(Records before, Records after, Runnable going);

    /** Whether all that it changes is changed at one moment. */
    default boolean changesAtOnce() {
        return true;
    }

    /**
     * Whether these are kept to the letter, the times of their records too. Asked where the names
     * lead as these do.
     *
     * @throws backout.problem.ProblemException when nobody could look
     */
    default boolean keeps(Records wanted) {
        return read(wanted.names(wanted)).changes(wanted).isEmpty();
    }

    /** Whether names without a record lead to services of its own. */
    default boolean leadsByItself() {
        return false;
    }

    /** How long answers of that set are kept, in seconds. */
    default long lasts(RecordSet set) {
        return set.ttl();
    }

    /** The shortest time that it lets answers be kept, in seconds. */
    default long leastTtl() {
        return 1;
    }

    /**
     * The same for a shell.
     *
     * @throws backout.problem.ProblemException where no shell could do it
     */
    Script script(Records before, Records after);
}
