package backout.run;

import backout.language.Phrase;
import backout.plan.Step;

import java.util.Optional;

/**
 * Brings something from one identity to another and can bring it back. Asked to move when it has
 * already moved, it does nothing: after a crash the journal remembers the intention, the world
 * remembers the result.
 */
public non-sealed interface Move extends Action {
    /**
     * Looks what is there now. Waits until nothing that an earlier, cut-off attempt started is
     * still at work.
     *
     * @return never throws for what the world does: that is {@link Present.Unknown}
     */
    Present present(Step step, Work work);

    /**
     * Moves to {@code step.to()}, or finishes a move that stopped in between.
     *
     * @return what people are told about it, a few words
     * @throws backout.problem.ProblemException when it did not work; {@link #present} then says
     *     what is there
     */
    Phrase move(Step step, Work work);

    /** Said of a move that was not begun, to which nothing is done on the way back. */
    Phrase NOTHING_TO_TAKE_BACK = Phrase.of("nothing to take back");

    /**
     * Takes the move back; where it was not begun it does nothing and says so.
     *
     * @param receipt the last one kept; a move that keeps none looks whether it was begun
     * @return what people are told about it, a few words
     * @throws backout.problem.ProblemException when it did not work
     */
    Phrase back(Step step, Optional<Receipt> receipt, Work work);

    /**
     * The run is over and the move stays: gives up what only the way back needs. Done twice it is
     * done once.
     *
     * @return what people are told about it, a few words
     * @throws backout.problem.ProblemException when something of it stays behind
     */
    Phrase forget(Step step, Optional<Receipt> receipt, Work work);

    /**
     * What brings {@code step.from()} back by hand, for when the undo itself fails: shell lines, or
     * a sentence where no line does.
     */
    java.util.List<Phrase> byHand(Step step, Optional<Receipt> receipt);

    /**
     * What does it by hand and takes it back, for when Backout itself is dead; made while {@code
     * step.from()} is there.
     *
     * @throws backout.problem.ProblemException when no shell could do it
     */
    Script script(Step step);
}
