package backout.dns;

import backout.http.Http;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cloudflare's API. What counts is {@code success} in the body: a refusal may come with any status.
 *
 * @param token {@code env:NAME} or {@code file:PATH}
 */
public record CloudflareApi(URI base, String token, Secrets secrets) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final OkHttpClient HTTP = Http.client();
    private static final int PAGE = 100;
    private static final int PAGES = 50;

    List<JsonNode> list(String path, Map<String, String> query) {
        var all = new ArrayList<JsonNode>();
        call(path, query, Optional.empty()).path("result").forEach(all::add);
        return all;
    }

    List<JsonNode> pages(String path) {
        var all = new ArrayList<JsonNode>();
        int before = -1;
        for (int page = 1; page <= PAGES && all.size() > before; page++) {
            before = all.size();
            var query = new LinkedHashMap<String, String>();
            query.put("page", Integer.toString(page));
            query.put("per_page", Integer.toString(PAGE));
            JsonNode answer = call(path, query, Optional.empty());
            answer.path("result").forEach(all::add);
            if (page >= answer.path("result_info").path("total_pages").asInt(page + 1)) {
                break;
            }
        }
        return all;
    }

    void post(String path, JsonNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        var _ = call(path, Map.of(), Optional.of(RequestBody.create(bytes, TYPE)));
    }

    private JsonNode call(String path, Map<String, String> query, Optional<RequestBody> body) {
        var url = HttpUrl.get(base).newBuilder().addPathSegments(path.substring(1));
        query.forEach(url::addQueryParameter);
        var request =
                new Request.Builder()
                        .url(url.build())
                        .header("Authorization", "Bearer " + secret());
        body.ifPresent(request::post);
        try (Response response = HTTP.newCall(request.build()).execute()) {
            JsonNode answer = json(response.body().string());
            return accepted(response.code(), answer, body.isPresent());
        } catch (IOException e) {
            throw unseen(Cause.of(e), body.isPresent());
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) { // then the status alone speaks
            return JSON.createObjectNode();
        }
    }

    private JsonNode accepted(int status, JsonNode answer, boolean changes) {
        if (status < 300 && answer.path("success").asBoolean(false)) {
            return answer;
        }
        JsonNode first = answer.path("errors").path(0);
        int code = first.path("code").asInt(0);
        String says = (status + " " + code + " " + first.path("message").asString("")).strip();
        if (status >= 500 || status == 429) {
            throw unseen(Phrase.verbatim(says), changes && status != 429);
        }
        throw Problem.stop(Phrase.of("Cloudflare refuses: {0}", says), helps(status, code));
    }

    private ProblemException unseen(Phrase why, boolean changes) {
        return ProblemException.unseen(
                Problem.of(
                        changes
                                ? Phrase.of(
                                        "Cloudflare gave no answer, it may have changed the zone or"
                                                + " not: {0}",
                                        why)
                                : Phrase.of("Cloudflare is not to be asked now: {0}", why),
                        Phrase.of("see https://www.cloudflarestatus.com, then ask again")));
    }

    /** A number and nothing else helps nobody. */
    private Phrase helps(int status, int code) {
        return switch (code) {
            case 9109, 10000, 6003, 6111 ->
                    Phrase.of(
                            "{0} must hold an API token (no global key) with Zone Read and DNS Edit"
                                    + " of this zone",
                            token);
            case 81053, 81057, 81058 ->
                    Phrase.of(
                            "somebody made such a record in between: look at the zone; nothing was"
                                    + " changed");
            case 9004, 9041 -> Phrase.of("see which of its addresses can be proxied");
            default ->
                    status == 401 || status == 403
                            ? Phrase.of(
                                    "{0} must hold an API token (no global key) with Zone Read and"
                                            + " DNS Edit of this zone",
                                    token)
                            : Phrase.of("look at the zone on dash.cloudflare.com");
        };
    }

    private String secret() {
        return secrets.of(token)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("the token of Cloudflare is not there: {0}", token),
                                Phrase.of(
                                        "set it where the bot and this command are started, then"
                                                + " ask again")))
                .reveal();
    }
}
