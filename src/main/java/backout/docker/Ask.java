package backout.docker;

import backout.language.Phrase;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to the engine.
 *
 * @param doing the request for people: "stop container web"
 */
record Ask(
        Method method,
        String path,
        Phrase doing,
        @Nullable JsonNode body,
        Map<String, String> headers) {
    static Ask get(String path, Phrase doing) {
        return new Ask(Method.GET, path, doing, null, Map.of());
    }

    static Ask post(String path, Phrase doing) {
        return new Ask(Method.POST, path, doing, null, Map.of());
    }

    static Ask delete(String path, Phrase doing) {
        return new Ask(Method.DELETE, path, doing, null, Map.of());
    }

    Ask with(JsonNode sent) {
        return new Ask(method, path, doing, sent, headers);
    }

    Ask header(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Ask(method, path, doing, body, more);
    }

    boolean onlyReads() {
        return method == Method.GET;
    }

    /**
     * Names and references: letters, digits and {@code . _ - / : @} stay as they are, as the engine
     * wants them.
     */
    static String path(String name) {
        return query(name).replace("%2F", "/").replace("%3A", ":").replace("%40", "@");
    }

    static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Request request(String prefix) {
        var builder =
                Request.builder()
                        .method(method)
                        .path(prefix + path)
                        .headers(headers)
                        // A pooled connection may belong to an engine that was restarted since
                        .putHeader("Connection", "close");
        if (body != null) {
            builder.putHeader("Content-Type", "application/json").bodyBytes(Json.bytes(body));
        }
        return builder.build();
    }

    /** Bodies hold environments and headers hold passwords: neither is printed. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
