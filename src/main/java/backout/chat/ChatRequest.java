package backout.chat;

import java.util.Map;
import java.util.UUID;

/**
 * Somebody wants something.
 *
 * <p>Each has a delivery id of its face: what is delivered twice is the same request.
 */
public sealed interface ChatRequest {
    String delivery();

    /** The person as {@code config/people.yml} names them; the face has found out who it is. */
    String person();

    Place place();

    /** Words after {@code /rollback}. */
    record Typed(String delivery, String person, Place place, String text) implements ChatRequest {
        /** In a terminal. */
        public Typed(String delivery, String person, String text) {
            this(delivery, person, Place.NOWHERE, text);
        }

        /** A line that its face delivers once, so each is a delivery of its own. */
        public static Typed once(String face, String person, String text) {
            return new Typed(face + "-" + UUID.randomUUID(), person, text);
        }
    }

    /**
     * A message that somebody points at and says: roll this back.
     *
     * @param text what the message says; empty where they point at nothing
     */
    record PointedAt(String delivery, String person, Place place, String text)
            implements ChatRequest {}

    /**
     * A program asks for a rollback or tells of a deploy, and signed it.
     *
     * @param values {@code target}, {@code release} and {@code reason}, those that it gave
     */
    record OfProgram(
            String delivery, String person, Place place, Wish wish, Map<String, String> values)
            implements ChatRequest {
        /** What it wants. */
        public enum Wish {
            ROLLBACK,
            DEPLOYED
        }

        public OfProgram {
            values = Map.copyOf(values);
        }
    }

    /** A button of a card. */
    record Pressed(String delivery, String person, Place place, Press press)
            implements ChatRequest {}

    /**
     * A {@link Form} that was filled in.
     *
     * @param words and {@code plan}: the form's own, unchanged
     * @param values by the key of the input
     */
    record Submitted(
            String delivery,
            String person,
            Place place,
            String words,
            String plan,
            Map<String, String> values)
            implements ChatRequest {
        public Submitted {
            values = Map.copyOf(values);
        }
    }
}
