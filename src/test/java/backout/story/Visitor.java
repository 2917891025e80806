package backout.story;

import backout.Seat;
import backout.fixture.Await;

import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Somebody at the web console whose browser runs no scripts: pages and forms. */
final class Visitor implements AutoCloseable {
    /** Browsers lead names below localhost to the loopback themselves; not every system does. */
    private final OkHttpClient client =
            new OkHttpClient.Builder()
                    .dns(name ->
                            name.endsWith(".localhost")
                                    ? List.of(InetAddress.getLoopbackAddress())
                                    : Dns.SYSTEM.lookup(name))
                    .cookieJar(new Jar())
                    .followRedirects(false)
                    .callTimeout(Await.PATIENCE)
                    .readTimeout(Await.PATIENCE)
                    .build();

    private final String address;

    /**
     * @param address such as {@code http://backout.localhost:8181}
     */
    Visitor(String address) {
        this.address = address;
    }

    String get(String path) {
        return send(request(path)).body();
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

    /** Signed in by a link that is made on the host. */
    static Visitor of(String person, Seat host) {
        if (host.run("signin", person) != 0) {
            throw new AssertionError(host.text());
        }
        String link = host.text().lines().findFirst().orElseThrow();
        return new Visitor(link.substring(0, link.indexOf("/signin/"))).open(link);
    }

    Visitor say(String words) {
        form("/say", "words", words);
        return this;
    }

    /** Presses the button of this action on the only card that has one. */
    Visitor press(String action) {
        return pressButton(button(action));
    }

    /** What a press of that button sends. */
    String button(String action) {
        return action + ":" + field(get("/"), "press", action + ":");
    }

    Visitor pressButton(String button) {
        form("/press", "press", button);
        return this;
    }

    /** Fills in the only form that asks for this, as soon as it is there, and hands it in. */
    Visitor fill(String key, String value) {
        return fill(Map.of(key, value));
    }

    /** Fills the form in that it was asked for. */
    Visitor fill(Map<String, String> values) {
        String page = until("name=\"value-" + values.keySet().iterator().next() + "\"");
        var form = new HashMap<String, String>();
        form.put("csrf", field(page, "csrf"));
        form.put("delivery", field(page, "delivery"));
        form.put("notice", field(page, "notice"));
        values.forEach((key, value) -> form.put("value-" + key, value));
        post("/form", form);
        return this;
    }

    /** Has the doctor look, and gives the page as soon as it has. */
    String examine() {
        String page = get("/doctor");
        post("/examine", Map.of("csrf", field(page, "csrf"), "delivery", field(page, "delivery")));
        Await.until("the doctor has looked", () -> get("/doctor").contains("action=\"/examine\""));
        return get("/doctor");
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
        var form = new FormBody.Builder(StandardCharsets.UTF_8);
        fields.forEach(form::add);
        var answer = send(request(path).header("Origin", address).post(form.build()));
        if (answer.status() != 303) {
            throw new AssertionError(path + " answered " + answer.status() + answer.body());
        }
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(address + path);
    }

    private record Answer(int status, String body) {}

    private Answer send(Request.Builder request) {
        try (var answer = client.newCall(request.build()).execute()) {
            return new Answer(answer.code(), answer.body().string());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cookies of one host, as a browser keeps them. */
    private static final class Jar implements CookieJar {
        private final Map<String, Cookie> kept = new ConcurrentHashMap<>();

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            cookies.forEach(cookie -> kept.put(cookie.name(), cookie));
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return kept.values().stream().filter(cookie -> cookie.matches(url)).toList();
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
