package backout.store.sql;

import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.RunId;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one family of events looks on disk: {@code {"type":"step-began","v":1,"at":…}} and then the
 * record's fields. Names on disk come from the table alone, so renaming a class changes nothing.
 */
final class StoredForm<E> {
    /**
     * @param version rises when an older Backout would misunderstand the fields, not when some are
     *     added
     */
    record Type<E>(String name, int version, Class<? extends E> event) {}

    /** What stands for an event that this Backout does not understand. */
    interface Unreadable<E> {
        E of(Instant at, int version, String type);
    }

    private static final JsonMapper JSON = json();

    private final Map<String, Type<E>> byName;
    private final Map<Class<?>, Type<E>> byClass;

    StoredForm(List<Type<E>> types) {
        byName = types.stream().collect(Collectors.toMap(Type::name, Function.identity()));
        byClass = types.stream().collect(Collectors.toMap(Type::event, Function.identity()));
    }

    /**
     * Fields and nothing else, in the order of the record, maps in the order of their keys: the
     * same event is the same text. What an old text lacks is empty where that can be, else null.
     */
    private static JsonMapper json() {
        var empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        return JsonMapper.builder()
                .changeDefaultVisibility(seen ->
                        seen.withGetterVisibility(Visibility.NONE)
                                .withIsGetterVisibility(Visibility.NONE)
                                .withFieldVisibility(Visibility.ANY))
                .withConfigOverride(List.class, list -> list.setNullHandling(empty))
                .withConfigOverride(Map.class, map -> map.setNullHandling(empty))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .addMixIn(TargetEvent.Seen.class, SeenOnDisk.class)
                .addModule(words())
                .build();
    }

    /** What was an image at first, and is called so for ever there. */
    private interface SeenOnDisk {
        @JsonProperty("image")
        String source();
    }

    /** Names are stored as people type them; a text that an old event lacks is empty. */
    private static SimpleModule words() {
        return new SimpleModule()
                .addSerializer(RunId.class, new Words.Written<>(RunId.class))
                .addSerializer(TargetName.class, new Words.Written<>(TargetName.class))
                .addDeserializer(RunId.class, new Words.Read<>(RunId.class, RunId::new))
                .addDeserializer(
                        TargetName.class, new Words.Read<>(TargetName.class, TargetName::of))
                .addDeserializer(String.class, new Words.Text())
                .addSerializer(Phrase.class, new StoredPhrase.Written())
                .addDeserializer(Phrase.class, new StoredPhrase.Read());
    }

    /** The stored name of an event's type. */
    String type(E event) {
        return known(event).name();
    }

    private Type<E> known(E event) {
        Type<E> type = byClass.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(event.getClass() + " is never stored");
        }
        return type;
    }

    /** One line of JSON. */
    String write(E event) {
        Type<E> type = known(event);
        ObjectNode line = JSON.createObjectNode();
        line.put("type", type.name()).put("v", type.version());
        line.setAll((ObjectNode) JSON.valueToTree(event));
        return JSON.writeValueAsString(line);
    }

    /**
     * Ignores fields that it does not know.
     *
     * @param unreadable called for an unknown type, a newer version, and fields that make no sense
     */
    E read(String line, Unreadable<E> unreadable) {
        JsonNode json = JSON.readTree(line);
        String name = json.path("type").asString("");
        int version = json.path("v").asInt(0);
        Type<E> type = byName.get(name);
        if (type == null || version > type.version()) {
            return unreadable.of(at(json), version, name);
        }
        try {
            return JSON.treeToValue(json, type.event());
        } catch (JacksonException _) {
            return unreadable.of(at(json), version, name);
        }
    }

    /** When it happened, whatever it is; long ago where nobody can tell. */
    static Instant at(String line) {
        try {
            return at(JSON.readTree(line));
        } catch (JacksonException _) {
            return Instant.EPOCH;
        }
    }

    private static Instant at(JsonNode json) {
        try {
            return Instant.parse(json.path("at").asString(""));
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }
}
