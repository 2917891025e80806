package backout.run;

/** The simulated process died here; no code of ours may catch it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where, null, false, false);
    }
}
