package backout.run;

import backout.language.Phrase;

import java.time.Instant;

/** What becomes of a {@link Proposal}; {@link Offer} folds them. */
public sealed interface ProposalEvent extends RunEvent {
    /** Why a person wants the bot to wait. */
    enum Pause {
        /** They try to mend it. */
        FIX,
        /** They say that it is mended: it is watched whether that holds. */
        FIXED,
        /** They have seen it. */
        SNOOZE
    }

    /**
     * It is somebody's rollback from now on, as if they had asked for it.
     *
     * @param by a person, or {@link Proposal#NOBODY} when the countdown was over
     */
    record TakenUp(Instant at, String by, String via) implements ProposalEvent {
        boolean isAutomatic() {
            return by.equals(Proposal.NOBODY);
        }
    }

    /** It waits until then; a later one takes the place of this. */
    record Held(Instant at, String by, Pause why, Instant until, String via)
            implements ProposalEvent {}

    /** The service is well again, or another release runs: there is nothing to propose any more. */
    record Obsolete(Instant at, Phrase why) implements ProposalEvent {}

    /** It does not begin by itself any more; a person may still take it up. */
    record LeftToPeople(Instant at, Phrase why) implements ProposalEvent {}
}
