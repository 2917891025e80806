package backout.check;

/** How much a check counts. */
public enum Severity {
    /** Decides whether the service is well. */
    MUST,
    /** Is waited for and warned about, decides nothing. */
    SHOULD,
    /** Is shown, is not waited for. */
    INFO
}
