package backout.chat;

/**
 * Where something was said, and so where it is answered.
 *
 * @param chat the face: {@code slack}
 * @param channel the chat's own id of the channel: {@code C0123}
 */
public record Place(String chat, String channel) {
    /** A terminal: whoever types there reads the answer there. */
    public static final Place NOWHERE = new Place("", "");

    /** The page of the bot itself. */
    public static final Place CONSOLE = new Place("web", "console");

    /** {@code slack:C0123}; empty for nowhere. */
    public String text() {
        return chat.isEmpty() ? "" : chat + ":" + channel;
    }

    /** Reads {@link #text()}. */
    public static Place of(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? NOWHERE : new Place(text.substring(0, colon), text.substring(colon + 1));
    }
}
