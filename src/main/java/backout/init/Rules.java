package backout.init;

import backout.language.Phrase;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the commands of this site ask of a configuration, and whether one holds. */
public interface Rules {
    /** The checks that a rollback of a compose service is proven by, as they are written. */
    List<String> checks();

    /** The lowest level that may ask for a rollback of a compose service. */
    int rollbackLevel();

    /** The level that somebody must have, so that every command can be said by somebody. */
    int highestLevel();

    /**
     * Reads the folder as {@code bot/backout check} does.
     *
     * @throws ProblemException with everything that is wrong in it
     */
    void load(Path config);

    /** How a check was when it was tried. */
    record Tried(boolean holds, Phrase seen) {}

    /**
     * The command's checks tried on what runs now; those about which nothing can be said now are
     * left out.
     *
     * @param target {@code compose/NAME}
     */
    Map<String, Tried> tried(Path config, String target);

    /** Puts the schemas beside the files, for editors. */
    void writeSchemas(Path config);
}
