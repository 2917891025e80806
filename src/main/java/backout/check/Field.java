package backout.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One thing that can be seen of a subject, and the unit it is measured in. */
public enum Field {
    STATUS(Kind.NUMBER),
    /** The answer's text, or a place in its JSON. */
    BODY(Kind.TEXT),
    RESPONSE_TIME(Kind.DURATION),
    /** Docker's word, said of processes too: running, restarting, exited. */
    STATE(Kind.TEXT),
    /** The container's own health check: healthy, unhealthy, starting. */
    HEALTH(Kind.TEXT),
    /** The image ID, not its tag. */
    IMAGE(Kind.TEXT),
    /** The commit of the folder that the process runs in. */
    COMMIT(Kind.TEXT),
    RESTARTS(Kind.NUMBER),
    MEMORY(Kind.SIZE),
    CPU(Kind.PERCENT),
    /** How many Redis keys match a pattern. */
    KEYS(Kind.COUNT),
    FREE(Kind.SIZE),
    /** How many of the name servers lead where they should. */
    AGREE(Kind.PERCENT),
    /** How many of them have answers kept as long as the zone says. */
    TTL(Kind.PERCENT),
    /** How long the last of them may still lead elsewhere. */
    KEPT(Kind.DURATION);

    /** What a value is made of. Numbers are kept as ms, bytes, percent or plain. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** A number found by a pattern: nothing found proves nothing. */
        COUNT,
        DURATION,
        SIZE,
        PERCENT;

        boolean isText() {
            return this == TEXT;
        }
    }

    private final Kind kind;

    Field(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** As written in a check: {@code [RESPONSE-TIME]}. */
    public String sign() {
        return "[" + name().replace('_', '-') + "]";
    }

    static Optional<Field> of(String sign) {
        return Arrays.stream(values()).filter(field -> field.sign().equals(sign)).findFirst();
    }

    static List<String> signs(List<Field> fields) {
        return fields.stream().map(Field::sign).toList();
    }
}
