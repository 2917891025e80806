package backout.chat;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a button stands for: an action on a run, and the plan that the person was looking at.
 * Nothing else of a button is ever trusted; everything is looked up again when it is pressed.
 *
 * @param action the built-in that it asks for: {@code approve}
 * @param run the run's id
 * @param plan the hash of the plan that was shown; empty where none was
 */
public record Press(String action, String run, String plan) {
    private static final Pattern RUN = Pattern.compile("[A-Z0-9]{5}");
    private static final Pattern TEXT =
            Pattern.compile("([a-z]{1,20}):([A-Z0-9]{1,20}):([a-z0-9]{0,64})");

    /** Whether what it names is a run: an item of a list and a plan that was shown are none. */
    public boolean isOfRun() {
        return RUN.matcher(run).matches();
    }

    /** As chats carry it: {@code approve:RWQ2J:a1b2c3}, 100 characters at the most (Discord). */
    public String text() {
        return action + ":" + run + ":" + plan;
    }

    /** Empty for a text that no button of ours carries. */
    public static Optional<Press> of(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Press(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}
