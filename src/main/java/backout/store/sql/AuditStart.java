package backout.store.sql;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;

/**
 * What a chain begins with: how much was there before it, and one digest of all of that.
 *
 * @param ofRuns how many events of runs were there
 * @param ofTargets how many of targets
 * @param digest the SHA-256 of their lines, each ended by a line feed, in hex
 */
record AuditStart(Instant at, long ofRuns, long ofTargets, String digest) {
    private static final JsonMapper JSON = new JsonMapper();

    String text() {
        return """
        {"at":"%s","of-runs":%d,"of-targets":%d,"digest":"%s"}\
        """
                .formatted(at, ofRuns, ofTargets, digest);
    }

    static AuditStart of(String text) {
        JsonNode json = JSON.readTree(text);
        return new AuditStart(
                StoredForm.at(text),
                json.path("of-runs").asLong(),
                json.path("of-targets").asLong(),
                json.path("digest").asString(""));
    }
}
