package backout.docker;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Map;

/**
 * Something that the engine did.
 *
 * @param type {@code container}, {@code image}, {@code network}, …
 * @param action {@code create}, {@code start}, {@code die}, {@code health_status}, {@code rename},
 *     {@code destroy}, …
 * @param detail what follows the colon of some actions: {@code healthy} of {@code health_status:
 *     healthy}
 * @param id of the container, image or network
 * @param attributes of a container: {@code name}, {@code image}, {@code exitCode} and its labels
 */
public record EngineEvent(
        Instant at,
        String type,
        String action,
        String detail,
        String id,
        Map<String, String> attributes) {
    public EngineEvent {
        attributes = Map.copyOf(attributes);
    }

    static EngineEvent of(JsonNode event) {
        var said = Json.text(event, "Action").split(": ", 2);
        var actor = event.path("Actor");
        return new EngineEvent(
                Instant.ofEpochSecond(0, event.path("timeNano").asLong(0)),
                Json.text(event, "Type"),
                said[0],
                said.length > 1 ? said[1] : "",
                Json.text(actor, "ID"),
                Json.map(actor.path("Attributes")));
    }
}
