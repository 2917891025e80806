package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What an action is given besides its step.
 *
 * @param tag names this piece of work, the same again after a crash: {@code 7F3KQ/3}
 * @param by the work is cut off here: the lease ends soon after
 * @param kept the receipt that an earlier attempt at this step kept last
 * @param receipts journals a receipt and returns when it is on disk; may be called several times,
 *     the last one counts
 * @param more gives more time; see {@link #extend}
 * @param words takes what it says of itself; see {@link #progress}
 */
public record Work(
        String tag,
        Deadline by,
        Optional<Receipt> kept,
        Consumer<Receipt> receipts,
        Predicate<Duration> more,
        BiConsumer<Phrase, OptionalInt> words) {
    /** Work whose time is fixed, and which nobody listens to. */
    public Work(String tag, Deadline by, Optional<Receipt> kept, Consumer<Receipt> receipts) {
        this(tag, by, kept, receipts, _ -> false, (_, _) -> {});
    }

    public void keep(Receipt receipt) {
        receipts.accept(receipt);
    }

    /**
     * Asks for more time, for what takes long and goes on: renews the leases and moves the end.
     *
     * @param time from now
     * @return false when it is not to be had, because somebody else works on it now: nothing more
     *     may be changed
     */
    public boolean extend(Duration time) {
        return more.test(time);
    }

    /**
     * Says how far it is, as often as it likes: the latest word is shown to people now and then
     * while the step is at work, and kept nowhere.
     *
     * @param says a few words: "3 of 7 layers"
     * @param percent where it can tell, 0 to 100
     */
    public void progress(Phrase says, OptionalInt percent) {
        words.accept(says, percent);
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
