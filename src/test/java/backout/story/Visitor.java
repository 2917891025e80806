package backout.story;

import backout.fixture.Await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at the web console whose browser runs no scripts: pages and forms. */
final class Visitor implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .connectTimeout(Await.PATIENCE)
                    .build();

    private final String address;

    /**
     * @param address such as {@code http://127.0.0.1:8181}
     */
    Visitor(String address) {
        this.address = address;
    }

    String get(String path) {
        return send(request(path).GET()).body();
    }

    /** Presses "I am …" of the demo, on the page that asks or on any other. */
    Visitor become(String person, boolean signedIn) {
        post("/demo", Map.of("person", person, "csrf", signedIn ? field(get("/"), "csrf") : ""));
        return this;
    }

    /** Opens a link that was made on the host, and presses its button. */
    Visitor open(String link) {
        String path = URI.create(link).getPath();
        post("/signin", Map.of("token", field(get(path), "token")));
        return this;
    }

    Visitor say(String words) {
        form("/say", "words", words);
        return this;
    }

    /** Presses the button of this action on the only card that has one. */
    Visitor press(String action) {
        form("/press", "press", action + ":" + field(get("/"), "press", action + ":"));
        return this;
    }

    private void form(String path, String name, String value) {
        String page = get("/");
        post(
                path,
                Map.of(
                        "csrf",
                        field(page, "csrf"),
                        "delivery",
                        field(page, "delivery"),
                        name,
                        value));
    }

    /** Loads the channel again and again until it holds this. */
    String until(String part) {
        Await.until("the page holds " + part, () -> get("/").contains(part));
        return get("/");
    }

    private static String field(String page, String name) {
        return field(page, name, "");
    }

    private static String field(String page, String name, String before) {
        var found =
                Pattern.compile("name=\"%s\" value=\"%s([^\"]*)\"".formatted(name, before))
                        .matcher(page);
        if (!found.find()) {
            throw new AssertionError("no field " + name + " " + before + " in\n" + page);
        }
        return found.group(1);
    }

    private void post(String path, Map<String, String> fields) {
        String body =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        var answer =
                send(
                        request(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Origin", address)
                                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 303) {
            throw new AssertionError(path + " answered " + answer.statusCode() + answer.body());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Await.PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
