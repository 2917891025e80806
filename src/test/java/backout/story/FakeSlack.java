package backout.story;

import backout.fixture.FakeSocketMode;
import backout.fixture.SlackDriver;
import backout.fixture.SlackDriver.Call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** A Slack that keeps what it is sent and has a bad day when it is told to. */
final class FakeSlack implements AutoCloseable {
    /** What goes wrong with one call. */
    enum Fault {
        /** 500, and nothing was done. */
        BROKEN,
        /** No answer at all, and nothing was done. */
        SILENT,
        /** It was done, and the connection broke before the answer. */
        ANSWER_LOST
    }

    static final String APP_TOKEN = "xapp-1-A0-1-secret";

    private final MockWebServer web = new MockWebServer();
    private final FakeSocketMode sockets = new FakeSocketMode();
    private final InstantSource clock;
    private final List<JsonObject> messages = new ArrayList<>();
    private final List<JsonObject> whispers = new ArrayList<>();
    private final List<JsonObject> views = new ArrayList<>();
    private final Map<String, List<JsonObject>> homes = new HashMap<>();
    private final List<String> edits = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Queue<Fault>> faults = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Map<String, String> locales = new HashMap<>();
    private Instant limitedUntil = Instant.EPOCH;
    private final Map<String, Integer> rejected = new HashMap<>();
    private String losing = "";
    private boolean tokenIsGood = true;
    private String scopes =
            "commands,chat:write,app_mentions:read,channels:history,groups:history,users:read";
    private Duration ahead = Duration.ZERO;
    private String archived = "";

    /**
     * @param clock by which it counts how long it wants to be left alone
     */
    FakeSlack(InstantSource clock) {
        this.clock = clock;
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        try {
            web.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the Web API, with a slash at its end. */
    URI address() {
        return web.url("/api/").uri();
    }

    /** The language that this user has chosen in Slack: {@code zh-CN}. */
    synchronized void reads(String user, String locale) {
        locales.put(user, locale);
    }

    /** The next call of this method goes wrong. */
    synchronized void next(String method, Fault fault) {
        faults.computeIfAbsent(method, _ -> new ArrayDeque<>()).add(fault);
    }

    /** The next call of this method is refused with this error. */
    synchronized void refuseNext(String method, String error) {
        refusals.put(method, error);
    }

    /** The answer of the next post to this channel is lost. */
    synchronized void loseNextAnswerIn(String channel) {
        losing = channel;
    }

    /** From now on it does not know the bot. */
    synchronized void revokeToken() {
        tokenIsGood = false;
    }

    /** The rights of its token from now on. */
    synchronized void grants(String scopes) {
        this.scopes = scopes;
    }

    /** How far its clock is ahead of the bot's. */
    synchronized void isAhead(Duration time) {
        ahead = time;
    }

    /** Nothing can be posted there any more. */
    synchronized void archive(String channel) {
        archived = channel;
    }

    /** From now on every call of those that post is answered 429, until this time is over. */
    synchronized void limit(Duration time) {
        limitedUntil = clock.instant().plus(time);
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String method = request.getUrl().encodedPath().substring("/api/".length());
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        Map<String, String> form = SlackDriver.form(body);
        boolean app = ("Bearer " + APP_TOKEN).equals(request.getHeaders().get("Authorization"));
        if (app != method.equals("apps.connections.open")) {
            return json(refused("not_allowed_token_type"));
        }
        calls.add(new Call(method, form));
        Duration left = Duration.between(clock.instant(), limitedUntil);
        // Slack limits each method by itself; this is for those that post
        if (left.isPositive() && !Set.of("users.info", "auth.test").contains(method)) {
            rejected.merge(form.getOrDefault("channel", method), 1, Integer::sum);
            var retry = Headers.of("Retry-After", Long.toString(left.toSeconds()));
            return new MockResponse(429, retry, "");
        }
        Queue<Fault> waiting = faults.getOrDefault(method, new ArrayDeque<>());
        Fault fault = waiting.poll();
        if (method.equals("chat.postMessage") && losing.equals(form.get("channel"))) {
            losing = "";
            fault = Fault.ANSWER_LOST;
        }
        if (fault != null) {
            return bad(fault, method, form);
        }
        String refusal = refusals.remove(method);
        if (refusal != null) {
            return json(refused(refusal));
        }
        return method.equals("chat.postMessage") && archived.equals(form.get("channel"))
                ? json(refused("is_archived"))
                : json(perform(method, form));
    }

    private MockResponse bad(Fault fault, String method, Map<String, String> form) {
        return switch (fault) {
            case BROKEN -> new MockResponse(500, Headers.of(), "");
            case SILENT ->
                    new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
            case ANSWER_LOST -> {
                perform(method, form);
                yield new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            }
        };
    }

    private MockResponse json(JsonObject answer) {
        var headers =
                new Headers.Builder()
                        .add("Content-Type", "application/json")
                        .add("x-oauth-scopes", scopes)
                        .add("Date", clock.instant().plus(ahead))
                        .build();
        return new MockResponse(200, headers, answer.toString());
    }

    /** Asks it as somebody beside the bot; nothing goes wrong then. */
    synchronized String call(String method, String form) {
        return perform(method, SlackDriver.form(form)).toString();
    }

    private JsonObject perform(String method, Map<String, String> form) {
        return switch (method) {
            case "users.info" -> user(form.getOrDefault("user", ""));
            case "auth.test" ->
                    tokenIsGood ? of("user", "backout", "team", "Acme") : refused("invalid_auth");
            case "chat.postMessage" -> of("ts", kept(messages, form));
            case "chat.postEphemeral" -> of("message_ts", kept(whispers, form));
            case "chat.update" -> edited(form);
            case "conversations.history" ->
                    list(
                            form,
                            messages.reversed().stream()
                                    .filter(message -> !message.has("thread_ts"))
                                    .filter(message ->
                                            has(
                                                    message,
                                                    "channel",
                                                    form.getOrDefault("channel", ""))));
            case "conversations.replies" ->
                    list(
                            form,
                            messages.stream()
                                    .filter(message ->
                                            has(message, "ts", form.getOrDefault("ts", ""))
                                                    || has(
                                                            message,
                                                            "thread_ts",
                                                            form.getOrDefault("ts", ""))));
            case "views.publish" -> {
                homes.computeIfAbsent(form.getOrDefault("user_id", ""), _ -> new ArrayList<>())
                        .add(
                                JsonParser.parseString(form.getOrDefault("view", ""))
                                        .getAsJsonObject());
                yield of();
            }
            case "apps.connections.open" -> of("url", sockets.address());
            case "views.open" -> {
                views.add(JsonParser.parseString(form.getOrDefault("view", "")).getAsJsonObject());
                yield of("view_id", "V" + views.size());
            }
            default -> refused("unknown_method");
        };
    }

    private JsonObject user(String id) {
        var user = new JsonObject();
        user.addProperty("id", id);
        user.addProperty("locale", locales.getOrDefault(id, "en-US"));
        user.addProperty("tz", "Asia/Shanghai");
        JsonObject answer = of();
        answer.add("user", user);
        return answer;
    }

    private String kept(List<JsonObject> where, Map<String, String> form) {
        var message = new JsonObject();
        String ts = "1772330000.%06d".formatted(messages.size() + whispers.size() + 1);
        message.addProperty("ts", ts);
        fill(message, form);
        where.add(message);
        return ts;
    }

    private static void fill(JsonObject message, Map<String, String> form) {
        form.forEach((key, value) -> {
            boolean nested = key.equals("blocks") || key.equals("metadata");
            JsonElement parsed = nested ? JsonParser.parseString(value) : null;
            if (parsed == null) {
                message.addProperty(key, value);
            } else {
                message.add(key, parsed);
            }
        });
    }

    private JsonObject edited(Map<String, String> form) {
        for (JsonObject message : messages) {
            if (has(message, "ts", form.getOrDefault("ts", ""))) {
                fill(message, form);
                edits.add(form.getOrDefault("text", ""));
                return of("ts", message.get("ts").getAsString());
            }
        }
        return refused("message_not_found");
    }

    private static boolean has(JsonObject message, String key, String value) {
        return message.has(key) && message.get(key).getAsString().equals(value);
    }

    private static JsonObject list(Map<String, String> form, Stream<JsonObject> found) {
        var list = new JsonArray();
        found.limit(Long.parseLong(form.getOrDefault("limit", "999")))
                .forEach(message -> list.add(message.deepCopy()));
        JsonObject answer = of();
        answer.add("messages", list);
        return answer;
    }

    private static JsonObject of(String... pairs) {
        var answer = new JsonObject();
        answer.addProperty("ok", true);
        for (int i = 0; i < pairs.length; i += 2) {
            answer.addProperty(pairs[i], pairs[i + 1]);
        }
        return answer;
    }

    private static JsonObject refused(String error) {
        var answer = new JsonObject();
        answer.addProperty("ok", false);
        answer.addProperty("error", error);
        return answer;
    }

    /** What was posted to this channel, or to this user alone. */
    synchronized List<String> posts(String channel) {
        return messages.stream()
                .filter(message -> has(message, "channel", channel))
                .map(JsonObject::toString)
                .toList();
    }

    /** How often this method was called, whatever came of it. */
    synchronized int calls(String method) {
        return (int) calls.stream().filter(call -> call.method().equals(method)).count();
    }

    /** The summaries of all edits that were made. */
    synchronized List<String> edits() {
        return List.copyOf(edits);
    }

    /** How often one and the same channel was tried although it wanted to be left alone. */
    synchronized int rejected() {
        return rejected.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What single people were told beside the answers to their requests. */
    synchronized List<String> whispers() {
        return whispers.stream().map(JsonObject::toString).toList();
    }

    /** The dialogs that were opened. */
    synchronized List<JsonObject> views() {
        return List.copyOf(views);
    }

    /** What this user's home tab showed, one after the other. */
    synchronized List<JsonObject> homes(String user) {
        return List.copyOf(homes.getOrDefault(user, List.of()));
    }

    /** What is open to it in Socket Mode. */
    FakeSocketMode sockets() {
        return sockets;
    }

    @Override
    public void close() {
        sockets.close();
        web.close();
    }
}
