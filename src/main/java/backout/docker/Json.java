package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Docker's JSON as it is: a typed model drops what it does not know. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(List<String> values) {
        var array = MAPPER.createArrayNode();
        values.forEach(array::add);
        return array;
    }

    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** One JSON value after the other, as the engine streams them. */
    static MappingIterator<JsonNode> stream(InputStream in) {
        return MAPPER.readerFor(JsonNode.class).readValues(in);
    }

    static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    public static List<String> texts(JsonNode array) {
        return array.valueStream().map(value -> value.asString("")).toList();
    }

    static void removeIf(ObjectNode object, BiPredicate<String, JsonNode> condition) {
        object.remove(
                object.properties().stream()
                        .filter(entry -> condition.test(entry.getKey(), entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    static Map<String, String> map(JsonNode object) {
        var map = new TreeMap<String, String>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }
}
