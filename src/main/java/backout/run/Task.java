package backout.run;

import backout.language.Phrase;
import backout.plan.Step;

import java.util.Optional;

/**
 * Something that is done without a way back and that the service does not feel: a pull, a backup.
 */
public non-sealed interface Task extends Action {
    /**
     * Whether it is done already, asked after a crash; {@code receipt} is what the attempt kept.
     */
    boolean done(Step step, Optional<Receipt> receipt);

    /**
     * Does it; doing it again is harmless.
     *
     * @return what people are told about it, a few words
     * @throws backout.problem.ProblemException when it did not work; nothing that the service feels
     *     has changed
     */
    Phrase perform(Step step, Work work);

    /**
     * What does it by hand where nobody may leave it out, for when Backout itself is dead; nothing
     * for what a shell need not do.
     */
    default Script script(Step step) {
        return Script.NOTHING;
    }

    /** Removes what it left, after a denial or an expiry. */
    void cleanUp(Step step, Optional<Receipt> receipt, Work work);
}
