package backout.frontdesk;

import backout.chat.ChatRequest;
import backout.chat.Place;

import java.util.Map;

/**
 * Whence a request comes, as the journal keeps it for ever: {@code slack}, {@code console}, {@code
 * host USER} or, through sudo, {@code host USER SUDOER}. At the host anybody may type anybody's
 * name, so there the user of the system counts as well.
 *
 * @param host what it is at the host
 */
public record Origin(String host) {
    /** A host of which nothing is known. */
    static final Origin UNKNOWN = new Origin("host");

    /** The user as whom this process runs; {@code SUDO_USER} is that user's own word. */
    public static Origin ofProcess(Map<String, String> environment) {
        String user =
                ProcessHandle.current().info().user().orElse(System.getProperty("user.name", ""));
        String sudoer = environment.getOrDefault("SUDO_USER", "");
        return new Origin(("host " + word(user) + " " + word(sudoer)).strip());
    }

    /** What no user can be called is left out: it would be shown to people. */
    private static String word(String name) {
        return name.matches("[A-Za-z0-9._@$-]{1,64}") ? name : "";
    }

    String of(ChatRequest request) {
        String chat = request.place().chat();
        if (request.place().equals(Place.NOWHERE)) {
            return host;
        }
        return chat.equals(Place.CONSOLE.chat()) ? "console" : chat;
    }
}
