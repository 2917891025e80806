package backout.chat.discord;

import backout.http.Http;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Room;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Discord's REST API with one bot token; it needs no gateway. Each call goes out once, with a
 * deadline, and not before Discord takes it; nothing that it throws holds the token. See
 * docs/decisions/0015.
 */
final class DiscordApi implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final Duration UNSAID = Duration.ofSeconds(1);

    /** What Discord did not take for good, by its own code. */
    static final class No extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final int code;
        private final transient Problem problem;

        private No(int status, int code, Problem problem) {
            super(problem.toString());
            this.status = status;
            this.code = code;
            this.problem = problem;
        }

        int code() {
            return code;
        }

        Problem problem() {
            return problem;
        }

        Room.Gone gone() {
            return DiscordErrors.gone(status, code);
        }
    }

    private final URI address;
    private final String token;
    private final OkHttpClient http;
    private final Pace pace;
    private volatile Optional<String> date = Optional.empty();

    /**
     * Opens no connection yet.
     *
     * @param address with a slash at its end
     * @param deadline of each call
     */
    DiscordApi(URI address, String token, Duration deadline, LongSupplier nanos) {
        this.address = address;
        this.token = token;
        this.http = Http.client().newBuilder().callTimeout(deadline).build();
        this.pace = new Pace(nanos);
    }

    /**
     * @param where what the call was about, for people: a channel's id
     */
    JsonNode get(String where, String path) throws Room.Later, No {
        return call(where, request("GET", path, null), route("GET", path));
    }

    /** Its time, as the last answer told it. */
    Optional<String> date() {
        return date;
    }

    /** What Discord tells of the application; whatever else it answers is a refusal. */
    JsonNode ofApplication(String path) throws Room.Later, Room.Refused {
        try {
            return get("applications/@me", path);
        } catch (No no) {
            throw new Room.Refused(no.problem());
        }
    }

    JsonNode send(String method, String where, String path, JsonNode body) throws Room.Later, No {
        return call(where, request(method, path, body), route(method, path));
    }

    /** Answers an interaction by its own token, which Discord does not count. */
    JsonNode answer(String method, String path, JsonNode body) throws Room.Later, No {
        var request = new Request.Builder().url(url(path)).method(method, body(body));
        return call("", request.build(), "");
    }

    /** Discord counts by the channel, not by the message. */
    private static String route(String method, String path) {
        return method + " " + path.replaceFirst("/messages/\\d+.*", "/messages/*");
    }

    private String url(String path) {
        return address + path;
    }

    private Request request(String method, String path, @Nullable JsonNode body) {
        return new Request.Builder()
                .url(url(path))
                .header("Authorization", "Bot " + token)
                // Discord wants this form of everybody who calls
                .header("User-Agent", "DiscordBot (Backout, 1)")
                .method(method, body == null ? null : body(body))
                .build();
    }

    private static RequestBody body(JsonNode body) {
        return RequestBody.create(Kit.JSON.writeValueAsBytes(body), JSON);
    }

    private JsonNode call(String where, Request request, String route) throws Room.Later, No {
        if (!route.isEmpty()) {
            Pace.Rest rest = pace.before(route);
            if (!rest.time().isZero()) {
                throw waiting(rest.time(), rest.everywhere() ? "" : where);
            }
        }
        try (var response = http.newCall(request).execute()) {
            String text = response.body().string();
            spent(route, response);
            date = Optional.ofNullable(response.header("Date"));
            return read(where, route, response, text);
        } catch (IOException e) {
            throw new Room.Later(
                    Phrase.of("Discord did not answer: {0}", e.getMessage()), Duration.ZERO);
        }
    }

    private void spent(String route, Response response) {
        if ("0".equals(response.header("X-RateLimit-Remaining")) && !route.isEmpty()) {
            seconds(response.header("X-RateLimit-Reset-After"))
                    .ifPresent(time -> pace.empty(route, time));
        }
    }

    private JsonNode read(String where, String route, Response response, String text)
            throws Room.Later, No {
        int status = response.code();
        if (status == 429) {
            throw limited(where, route, response);
        }
        if (status >= 500 || status == 408 || (status >= 300 && status < 400)) {
            throw new Room.Later(Phrase.of("Discord answered HTTP {0}", status), Duration.ZERO);
        }
        Optional<JsonNode> body = json(text);
        if (status >= 400) {
            JsonNode said = body.orElseGet(Kit::object);
            int code = said.path("code").asInt(0);
            String message = said.path("message").asString("") + details(said.path("errors"));
            throw new No(status, code, DiscordErrors.problem(where, status, code, message));
        }
        return body.orElseThrow(
                () -> new Room.Later(Phrase.of("Discord's answer cannot be read"), Duration.ZERO));
    }

    private static String details(JsonNode errors) {
        return errors.isMissingNode() ? "" : " " + errors;
    }

    private Room.Later limited(String where, String route, Response response) {
        Duration wait = seconds(response.header("Retry-After")).orElse(UNSAID);
        boolean everywhere = "true".equals(response.header("X-RateLimit-Global"));
        if (everywhere) {
            pace.empty(wait);
        } else if (!route.isEmpty()) {
            pace.empty(route, wait);
        }
        return waiting(wait, everywhere ? "" : where);
    }

    private static Room.Later waiting(Duration wait, String place) {
        return new Room.Later(Phrase.of("Discord asks to wait"), wait, place);
    }

    private static Optional<Duration> seconds(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")
                ? Optional.of(
                        Duration.ofMillis((long) Math.ceil(Double.parseDouble(header) * 1000)))
                : Optional.empty();
    }

    /** No content at all is an answer as well. */
    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(text.isBlank() ? Kit.object() : Kit.JSON.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "DiscordApi[" + address + ", ***]";
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
