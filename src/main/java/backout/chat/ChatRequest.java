package backout.chat;

/**
 * Somebody wants something.
 *
 * <p>Each has a delivery id of its face: what is delivered twice is the same request.
 */
public sealed interface ChatRequest {
    String delivery();

    /** The person as {@code config/people.yml} names them; the face has found out who it is. */
    String person();

    /** Words after {@code /rollback}. */
    record Typed(String delivery, String person, String text) implements ChatRequest {}
}
