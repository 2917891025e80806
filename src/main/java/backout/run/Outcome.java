package backout.run;

import backout.language.Phrase;

import java.util.List;

/**
 * How a run ended. {@code says} is one sentence for people; {@code next} what they do now, may be
 * empty.
 *
 * @param byHand what they type after that, a line each, for a shell; most often nothing
 */
public record Outcome(Result result, Phrase says, Phrase next, List<Phrase> byHand) {
    public Outcome {
        byHand = List.copyOf(byHand);
    }

    public Outcome(Result result, Phrase says, Phrase next) {
        this(result, says, next, List.of());
    }

    /** The words that scripts, tests and statistics use; each has its exit code. */
    public enum Result {
        /** Done and proven. */
        PROVEN(0),
        /** It went wrong and was taken back: what ran before runs again. */
        UNDONE(1),
        /** It went wrong and was left as it is, by a person's word. */
        KEPT(1),
        /** It went wrong before anything that the service feels was touched. */
        NOTHING_CHANGED(1),
        /** It went wrong and so did the undo: a person must act. */
        UNDO_FAILED(1),
        /** Denied, expired or cancelled; nothing was changed. */
        NOT_APPROVED(3),
        /** Nobody could tell if it worked; left as it is. */
        UNKNOWN(4);

        private final int exitCode;

        Result(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
