package backout.executor.compose.traits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Compose writes each dollar twice, so that what it writes can be read as a compose file. */
final class Escapes {
    private Escapes() {}

    static JsonNode undone(JsonNode node) {
        return switch (node) {
            case StringNode text -> StringNode.valueOf(text.asString("").replace("$$", "$"));
            case ObjectNode object -> undone(object);
            case ArrayNode array -> undone(array);
            default -> node;
        };
    }

    private static ObjectNode undone(ObjectNode object) {
        var undone = object.objectNode();
        object.properties().forEach(it -> undone.set(it.getKey(), undone(it.getValue())));
        return undone;
    }

    private static ArrayNode undone(ArrayNode array) {
        var undone = array.arrayNode();
        array.forEach(element -> undone.add(undone(element)));
        return undone;
    }
}
