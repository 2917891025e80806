package backout.check;

import backout.language.Phrase;
import backout.problem.Shown;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A health body as JSON, strictly as RFC 8259 has it. Of two members with one name the last counts,
 * as in most readers; a byte order mark in front is passed over. A number is a {@code POJONode} of
 * its text as it was written: nothing is rounded, 1.10 stays 1.10.
 */
final class Body {
    private static final int MAX_DEPTH = 64;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** How long a body may be decides whoever reads it; only depth costs more than its length. */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    // the body itself is level 0
                                    .maxNestingDepth(MAX_DEPTH + 1)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private Body() {}

    /**
     * @throws JacksonException where it is no JSON, or beyond what we are willing to read
     */
    static JsonNode read(String text) {
        String json = text.substring(start(text));
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                throw new UnexpectedEndOfInputException(parser, JsonToken.NOT_AVAILABLE, "empty");
            }
            JsonNode body = value(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(
                        parser, "more than one value", parser.currentTokenLocation());
            }
            return body;
        }
    }

    private static int start(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    }

    private static JsonNode value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.pojoNode(parser.getString());
            default -> NODES.stringNode(parser.getString());
        };
    }

    private static JsonNode object(JsonParser parser) {
        var object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) {
        var array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** Whether another reader might have read it. */
    static boolean isOurLimit(JacksonException unread) {
        return unread instanceof StreamConstraintsException;
    }

    /** Why this text was not read, in words of ours. */
    static Phrase why(String text, JacksonException unread) {
        if (isOurLimit(unread)) {
            return Phrase.of("it is nested deeper than {0} levels", MAX_DEPTH);
        }
        int at = start(text) + (int) unread.getLocation().getCharOffset();
        if (unread instanceof UnexpectedEndOfInputException || at < 0 || at >= text.length()) {
            return told(Phrase.of("it ends too early"), text.length());
        }
        String unexpected = Shown.quoted(text.substring(at, at + 1));
        return told(Phrase.of("unexpected {0}", unexpected), at);
    }

    private static Phrase told(Phrase what, int at) {
        return Phrase.of("{0} at character {1}", what, at + 1);
    }
}
