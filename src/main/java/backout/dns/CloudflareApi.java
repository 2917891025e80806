package backout.dns;

import backout.language.Phrase;
import backout.plan.Secrets;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import tools.jackson.databind.JsonNode;

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
    static final Vendor VENDOR =
            new Vendor("Cloudflare", "https://www.cloudflarestatus.com", "dash.cloudflare.com");
    public static final URI BASE = URI.create("https://api.cloudflare.com/client/v4");
    private static final MediaType TYPE = MediaType.get("application/json");
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
                return all;
            }
        }
        if (all.size() == PAGES * PAGE) {
            throw VENDOR.refused(
                    Phrase.of("more than {0} records are not read", all.size()), VENDOR.look());
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
                        .header("Authorization", "Bearer " + VENDOR.secret(secrets, token));
        body.ifPresent(request::post);
        return accepted(VENDOR.call(request.build(), body.isPresent()), body.isPresent());
    }

    private JsonNode accepted(Vendor.Answer answer, boolean changes) {
        if (answer.status() < 300 && answer.body().path("success").asBoolean(false)) {
            return answer.body();
        }
        JsonNode first = answer.body().path("errors").path(0);
        int code = first.path("code").asInt(0);
        String says =
                (answer.status() + " " + code + " " + first.path("message").asString("")).strip();
        if (answer.isBusy()) {
            throw VENDOR.unseen(Phrase.verbatim(says), changes && answer.status() != 429);
        }
        throw VENDOR.refused(says, helps(answer.status(), code));
    }

    /** A number and nothing else helps nobody. */
    private Phrase helps(int status, int code) {
        return switch (code) {
            case 9109, 10000, 6003, 6111 ->
                    Phrase.of(
                            "{0} must hold an API token (no global key) with Zone Read and DNS Edit"
                                    + " of this zone",
                            token);
            case 81053, 81057, 81058 -> VENDOR.exists();
            case 9004, 9041 -> Phrase.of("see which of its addresses can be proxied");
            default ->
                    status == 401 || status == 403
                            ? Phrase.of(
                                    "{0} must hold an API token (no global key) with Zone Read and"
                                            + " DNS Edit of this zone",
                                    token)
                            : VENDOR.look();
        };
    }
}
