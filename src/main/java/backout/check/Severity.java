package backout.check;

/** How much a check counts. */
public enum Severity {
    /** Decides whether the service is well. */
    MUST,
    /** Is waited for and warned about, decides nothing. */
    SHOULD,
    /** Is shown, is not waited for. */
    INFO;

    /** As written in front of a check: {@code should: }, nothing for {@link #MUST}. */
    String prefix() {
        return switch (this) {
            case MUST -> "";
            case SHOULD -> "should: ";
            case INFO -> "info: ";
        };
    }
}
