package backout.operations;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers that no cache keeps and no browser takes for a page. */
final class Answer {
    private static final JsonMapper JSON = new JsonMapper();

    private Answer() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** 200 where all is well, else 503. */
    static void json(HttpServletResponse response, boolean well, JsonNode body) throws IOException {
        response.setStatus(well ? 200 : 503);
        send(response, "application/json", body.toString() + "\n");
    }

    static void send(HttpServletResponse response, String type, String body) throws IOException {
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
