package backout.check;

/** A health body that a stranger wrote; {@code backout.bench} takes the time. */
public final class HostileBody {
    private HostileBody() {}

    /** Whether it is JSON. */
    public static boolean isJson(String text) {
        try {
            return !JsonReader.read(text).toString().isEmpty();
        } catch (NotJson _) {
            return false;
        }
    }
}
