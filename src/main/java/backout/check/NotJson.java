package backout.check;

/** The text is not JSON, or is JSON that goes beyond what we are willing to read. */
@SuppressWarnings("serial")
final class NotJson extends Exception {
    private final boolean ourLimit;

    private NotJson(String message, boolean ourLimit) {
        super(message, null, false, false);
        this.ourLimit = ourLimit;
    }

    static NotJson at(int position, String message) {
        return new NotJson(message + " at character " + (position + 1), false);
    }

    static NotJson beyond(String limit) {
        return new NotJson(limit, true);
    }

    /** Whether another reader might have read it. */
    boolean isOurLimit() {
        return ourLimit;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
