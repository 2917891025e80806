package backout.plan;

import java.util.List;

/**
 * A key of a file below {@code config/}. An executor names those of its targets, a chat its own;
 * the configuration reads, checks and explains them.
 *
 * @param key lower-case words with hyphens; dots lead into a section: {@code redis.address}
 * @param form how the value is written
 * @param choices for {@link Form#CHOICE} and {@link Form#CHANNELS} the values allowed
 * @param otherwise the default as it would be written; empty for none
 * @param required whether what lacks it is refused
 * @param means one sentence: what it is for and what its default does
 */
public record Setting(
        String key,
        Form form,
        List<String> choices,
        String otherwise,
        boolean required,
        String means) {
    /** How a value is written. */
    public enum Form {
        /** Any text on one line. */
        TEXT,
        /** A lower-case word, at most 32 characters: letters, digits, hyphens. */
        WORD,
        /** A list of texts. */
        TEXTS,
        /** A list of argument lists: {@code [[touch, /run/switched]]}. */
        COMMANDS,
        /** One of the choices. */
        CHOICE,
        /** {@code 3s}, {@code 5m}, {@code 2h}, {@code 14d}. */
        DURATION,
        /** A duration longer than none. */
        WAIT,
        /** {@code off}, {@code propose} or {@code countdown 60s}. */
        AUTOMATIC,
        /** {@code 200MB}, {@code 1GB}; powers of 1,000, or of 1,024 with {@code MiB}. */
        SIZE,
        /** A whole number. */
        NUMBER,
        /** {@code yes} or {@code no}. */
        FLAG,
        /** {@code HOST:PORT} or {@code [IPv6]:PORT}, see {@link HostPort}. */
        ADDRESS,
        /** {@code local} or {@code ssh:NAME}. */
        HOST,
        /** Where a Docker engine listens: {@code unix:///PATH} or {@code tcp://HOST:PORT}. */
        ENGINE,
        /** {@code http://} or {@code https://}. */
        URL,
        /** What a check would read: {@code GET {url}/health [BODY].version}. */
        PLACE,
        /** {@code env:NAME} or {@code file:PATH}; never the secret itself. */
        SECRET,
        /** Names with a secret each: {@code api-key: env:RELAY_KEY}. */
        SECRETS,
        /** Ids of a chat's channels with one of the choices each: {@code C0123ABCD: zh}. */
        CHANNELS
    }

    public Setting {
        choices = List.copyOf(choices);
    }

    /** The same, but below a section. */
    public Setting below(String section) {
        return new Setting(section + "." + key, form, choices, otherwise, required, means);
    }

    public static Setting of(String key, Form form, String otherwise, String means) {
        return new Setting(key, form, List.of(), otherwise, false, means);
    }

    public static Setting choice(String key, List<String> choices, String otherwise, String means) {
        return new Setting(key, Form.CHOICE, choices, otherwise, false, means);
    }

    public static Setting required(String key, Form form, String means) {
        return new Setting(key, form, List.of(), "", true, means);
    }
}
