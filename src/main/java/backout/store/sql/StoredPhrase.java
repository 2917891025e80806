package backout.store.sql;

import backout.language.Phrase;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a phrase looks on disk: a text where it is the same in every language, as all of it was in
 * older journals, else {@code {"text":"{0} of {1}","with":["2",{"for":"PT3S"}]}}. In English, so
 * that whoever reads the journal by eye can.
 */
final class StoredPhrase {
    private StoredPhrase() {}

    static final class Written extends StdSerializer<Phrase> {
        Written() {
            super(Phrase.class);
        }

        @Override
        public void serialize(Phrase phrase, JsonGenerator json, SerializationContext context) {
            if (phrase.isEmpty() || phrase.isVerbatim()) {
                json.writeString(phrase.toString());
            } else {
                object(phrase, json);
            }
        }

        private static void object(Phrase phrase, JsonGenerator json) {
            json.writeStartObject();
            json.writeStringProperty("text", phrase.template());
            if (!phrase.values().isEmpty()) {
                json.writeName("with");
                list(phrase.values(), json);
            }
            json.writeEndObject();
        }

        private static void list(List<?> values, JsonGenerator json) {
            json.writeStartArray();
            values.forEach(value -> value(value, json));
            json.writeEndArray();
        }

        private static void value(Object value, JsonGenerator json) {
            switch (value) {
                case Phrase phrase -> object(phrase, json);
                case List<?> list -> list(list, json);
                case Duration time -> named("for", time.toString(), json);
                case Instant moment -> named("at", moment.toString(), json);
                default -> json.writeString(value.toString());
            }
        }

        private static void named(String name, String value, JsonGenerator json) {
            json.writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject();
        }
    }

    static final class Read extends StdDeserializer<Phrase> {
        Read() {
            super(Phrase.class);
        }

        @Override
        public Phrase deserialize(JsonParser json, DeserializationContext context) {
            return phrase(context.readTree(json));
        }

        /** An older text lacks what was added later. */
        @Override
        public Phrase getNullValue(DeserializationContext context) {
            return Phrase.NONE;
        }

        @Override
        public Phrase getAbsentValue(DeserializationContext context) {
            return Phrase.NONE;
        }

        private static Phrase phrase(JsonNode node) {
            if (node.isString()) {
                return Phrase.verbatim(node.stringValue());
            }
            return new Phrase(node.path("text").asString(""), list(node.path("with")));
        }

        private static List<Object> list(JsonNode array) {
            var values = new ArrayList<Object>();
            array.forEach(node -> values.add(value(node)));
            return values;
        }

        private static Object value(JsonNode node) {
            if (node.isArray()) {
                return list(node);
            }
            if (node.has("for")) {
                return Duration.parse(node.path("for").asString());
            }
            if (node.has("at")) {
                return Instant.parse(node.path("at").asString());
            }
            return node.isObject() ? phrase(node) : node.asString("");
        }
    }
}
