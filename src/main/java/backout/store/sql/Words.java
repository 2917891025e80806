package backout.store.sql;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;

import java.util.function.Function;

/** Values that are stored as one text. */
final class Words {
    private Words() {}

    /** Writes what {@code toString} says. */
    static final class Written<T> extends StdScalarSerializer<T> {
        Written(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    /** Reads it back. */
    static final class Read<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> maker;

        Read(Class<T> type, Function<String, T> maker) {
            super(type);
            this.maker = maker;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getString();
            try {
                return maker.apply(text);
            } catch (IllegalArgumentException e) {
                return context.<T>reportInputMismatch(this, "%s", e.getMessage());
            }
        }
    }

    /** A text; empty where there is none, as every text in the core that is not marked nullable. */
    static final class Text extends StdScalarDeserializer<String> {
        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context) {
            return in.getString();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return "";
        }
    }
}
