package backout.chat;

/**
 * Where something was said, and so where it is answered.
 *
 * @param chat the face: {@code slack}
 * @param channel the chat's own id of the channel: {@code C0123}; of a thread in it with the
 *     address of the message that it is below: {@code C0123/1772330000.000001}
 */
public record Place(String chat, String channel) {
    /** In no chat's ids. */
    private static final char BELOW = '/';

    /** A terminal: whoever types there reads the answer there. */
    public static final Place NOWHERE = new Place("", "");

    /** The page of the bot itself. */
    public static final Place CONSOLE = new Place("web", "console");

    /** {@code slack:C0123}; empty for nowhere. */
    public String text() {
        return chat.isEmpty() ? "" : chat + ":" + channel;
    }

    /** The thread below a message that stands here. */
    public Place below(String message) {
        return new Place(chat, channel + BELOW + message);
    }

    public boolean isThread() {
        return channel.indexOf(BELOW) >= 0;
    }

    /** The channel itself, of a thread in it. */
    public Place outer() {
        return new Place(chat, channel(channel));
    }

    /** That of a channel or of a thread in it. */
    public static String channel(String spot) {
        int below = spot.indexOf(BELOW);
        return below < 0 ? spot : spot.substring(0, below);
    }

    /** The message below which a thread is; empty for a channel. */
    public static String thread(String spot) {
        int below = spot.indexOf(BELOW);
        return below < 0 ? "" : spot.substring(below + 1);
    }

    /** Reads {@link #text()}. */
    public static Place of(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? NOWHERE : new Place(text.substring(0, colon), text.substring(colon + 1));
    }
}
