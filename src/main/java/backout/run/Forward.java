package backout.run;

/** A run that goes forward again, to the release that a proven rollback left. */
public final class Forward {
    /** Among the values of its request: the rollback that it comes after. */
    public static final String AFTER = "forward-after";

    private Forward() {}

    public static boolean is(Run run) {
        return run.request().values().containsKey(AFTER);
    }
}
