package backout.chat.discord;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.List;

/**
 * The few shapes of Discord's components that we use:
 * https://docs.discord.com/developers/components/reference
 */
final class Kit {
    /** The message consists of components alone. */
    static final int COMPONENTS_V2 = 1 << 15;

    /** Only who asked sees it. */
    static final int EPHEMERAL = 1 << 6;

    private static final int ROW = 1;
    private static final int TEXT = 10;
    private static final int CONTAINER = 17;

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Kit() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(int type) {
        return object().put("type", type);
    }

    static ArrayNode array(Collection<? extends JsonNode> elements) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.forEach(array::add);
        return array;
    }

    /** Formatted by Discord: whatever people wrote is {@link Markdown#escaped} before. */
    static ObjectNode text(String markdown) {
        return object(TEXT).put("content", markdown.isBlank() ? "–" : markdown);
    }

    static ObjectNode row(Collection<ObjectNode> elements) {
        ObjectNode row = object(ROW);
        row.set("components", array(elements));
        return row;
    }

    static ObjectNode container(Collection<ObjectNode> parts) {
        ObjectNode container = object(CONTAINER);
        container.set("components", array(parts));
        return container;
    }

    /** Mentions nobody but these, whatever the texts say. */
    static ObjectNode mentions(List<String> users) {
        ObjectNode mentions = object();
        mentions.putArray("parse");
        ArrayNode named = mentions.putArray("users");
        users.forEach(named::add);
        return mentions.put("replied_user", false);
    }

    static ObjectNode option(String label, String value) {
        return object().put("label", label).put("value", value);
    }
}
