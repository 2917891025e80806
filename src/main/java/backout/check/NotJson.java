package backout.check;

import backout.language.Phrase;

/** The text is not JSON, or is JSON that goes beyond what we are willing to read. */
@SuppressWarnings("serial")
final class NotJson extends Exception {
    private final boolean ourLimit;

    private final Phrase why;

    private NotJson(Phrase why, boolean ourLimit) {
        super(why.toString(), null, false, false);
        this.why = why;
        this.ourLimit = ourLimit;
    }

    static NotJson at(int position, Phrase message) {
        return new NotJson(Phrase.of("{0} at character {1}", message, position + 1), false);
    }

    static NotJson beyond(Phrase limit) {
        return new NotJson(limit, true);
    }

    /** Whether another reader might have read it. */
    boolean isOurLimit() {
        return ourLimit;
    }

    Phrase why() {
        return why;
    }
}
