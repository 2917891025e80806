package backout.chat.console;

import java.util.Map;

/** Colours of a terminal, or none of them. */
public enum Style {
    PLAIN,
    COLOURED;

    /** Coloured on a terminal whose user has not set {@code NO_COLOR} (https://no-color.org). */
    public static Style of(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !refused && !dumb ? COLOURED : PLAIN;
    }

    String bold(String text) {
        return painted("1", text);
    }

    String faint(String text) {
        return painted("2", text);
    }

    String good(String text) {
        return painted("32", text);
    }

    String bad(String text) {
        return painted("31", text);
    }

    String careful(String text) {
        return painted("33", text);
    }

    private String painted(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
