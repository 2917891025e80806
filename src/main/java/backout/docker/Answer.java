package backout.docker;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeMap;

/** What the engine said, read to its end. */
record Answer(int status, String body, Map<String, String> headers) {
    Answer {
        var ignoringCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(headers);
        headers = ignoringCase;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    /** The engine's own words about why not. */
    String message() {
        try {
            var message = Json.text(Json.parse(body), "message");
            return message.isEmpty() ? cut(body) : cut(message);
        } catch (JacksonException _) {
            return cut(body);
        }
    }

    private static String cut(String text) {
        var line = text.strip();
        return line.length() <= 500 ? line : line.substring(0, 499) + "…";
    }
}
