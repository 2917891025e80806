package backout.host;

/** What a look at a port gave. */
public enum PortState {
    FREE,
    TAKEN,
    /**
     * The look itself was refused: a port below 1024 without the right to it, an address of another
     * machine.
     */
    UNKNOWN
}
