package backout.run;

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
}
