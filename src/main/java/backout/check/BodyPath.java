package backout.check;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

import java.util.Optional;
import java.util.regex.Pattern;

/** A place in a JSON body: {@code .components.redis[0].status}; empty for the body itself. */
public record BodyPath(String text) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\.[^\\s.\\[\\](){}\"]+|\\[[0-9]{1,6}])*");
    private static final Pattern PART = Pattern.compile("\\.([^.\\[]+)|\\[([0-9]+)]");

    /** Stands below the patterns: its constructor needs them. */
    static final BodyPath WHOLE = new BodyPath("");

    public BodyPath {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a path: " + text);
        }
    }

    static Optional<BodyPath> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new BodyPath(text)) : Optional.empty();
    }

    boolean isWhole() {
        return text.isEmpty();
    }

    /** The value there, or empty when the body has no such place. */
    Optional<JsonNode> in(JsonNode body) {
        JsonNode here = body;
        var found = PART.matcher(text);
        while (found.find()) {
            String key = found.group(1);
            here = key == null ? here.path(Integer.parseInt(found.group(2))) : here.path(key);
        }
        return here.isMissingNode() ? Optional.empty() : Optional.of(here);
    }

    /** The text or the number there, of a body as it came; empty where it has neither. */
    Optional<String> scalar(String body) {
        try {
            return in(Body.read(body))
                    .filter(value -> value.isString() || value.isPojo())
                    .map(value ->
                            value instanceof POJONode number
                                    ? String.valueOf(number.getPojo())
                                    : value.stringValue());
        } catch (JacksonException saysNothing) {
            return Optional.empty();
        }
    }

    /**
     * The string there, of a body as it came; empty where it has none, or is no JSON. The whole
     * body is its text.
     */
    public Optional<String> string(String body) {
        if (isWhole()) {
            return Optional.of(body.strip());
        }
        try {
            return in(Body.read(body)).filter(JsonNode::isString).map(JsonNode::stringValue);
        } catch (JacksonException saysNothing) {
            return Optional.empty();
        }
    }
}
