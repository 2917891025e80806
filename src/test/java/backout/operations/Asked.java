package backout.operations;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** What an address of a listener on this machine answered. */
public record Asked(int status, String text, Map<String, String> headers) {
    private static final OkHttpClient HTTP = new OkHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    public static Asked get(int port, String path) {
        return ask(new Request.Builder().url("http://127.0.0.1:" + port + path).build());
    }

    /** Under another name of that address. */
    public static Asked get(int port, String path, String host) {
        return ask(
                new Request.Builder()
                        .url("http://127.0.0.1:" + port + path)
                        .header("Host", host)
                        .build());
    }

    public static Asked post(int port, String path) {
        var nothing = RequestBody.create(new byte[0]);
        return ask(
                new Request.Builder().url("http://127.0.0.1:" + port + path).post(nothing).build());
    }

    private static Asked ask(Request request) {
        try (var response = HTTP.newCall(request).execute()) {
            var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            response.headers().forEach(one -> headers.put(one.getFirst(), one.getSecond()));
            return new Asked(response.code(), response.body().string(), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String header(String name) {
        return Objects.requireNonNullElse(headers.get(name), "");
    }

    public JsonNode json() {
        return JSON.readTree(text);
    }
}
