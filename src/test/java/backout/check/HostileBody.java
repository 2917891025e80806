package backout.check;

import tools.jackson.core.JacksonException;

/** A health body that a stranger wrote; {@code backout.bench} takes the time. */
public final class HostileBody {
    private HostileBody() {}

    /** Whether it is JSON. */
    public static boolean isJson(String text) {
        try {
            return !Body.read(text).toString().isEmpty();
        } catch (JacksonException _) {
            return false;
        }
    }
}
