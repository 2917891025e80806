package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an action is given besides its step.
 *
 * @param tag names this piece of work, the same again after a crash: {@code 7F3KQ/3}
 * @param by the work is cut off here: the lease ends soon after
 * @param kept the receipt that an earlier attempt at this step kept last
 * @param receipts journals a receipt and returns when it is on disk; may be called several times,
 *     the last one counts
 */
public record Work(String tag, Deadline by, Optional<Receipt> kept, Consumer<Receipt> receipts) {
    public void keep(Receipt receipt) {
        receipts.accept(receipt);
    }

    /**
     * Asked before anything is changed: whoever was held up beyond the end of the time may no
     * longer be the only one at work.
     *
     * @throws ProblemException when the time is over
     */
    public void requireTime() {
        if (by.passed()) {
            throw Problem.stop(
                    Phrase.of("the time for this step is over; it changes nothing more"),
                    Phrase.of(
                            "look what held it up, such as a machine that stood still, then"
                                    + " ask again"));
        }
    }
}
