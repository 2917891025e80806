package backout.dns;

import backout.language.Phrase;
import backout.plan.Secrets;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A zone whose name servers are Vercel's: names that have no record lead to the deployments there.
 *
 * @param zone in full, with the dot at its end
 * @param team the id or slug of who owns it; empty for an account of one's own
 * @param token {@code env:NAME} or {@code file:PATH}
 */
public record VercelDns(String zone, URI base, String team, String token, Secrets secrets)
        implements OneByOne.Api {
    public static final URI BASE = URI.create("https://api.vercel.com/");
    public static final long LEAST_TTL = 60;

    private static final Vendor VENDOR =
            new Vendor("Vercel", "https://www.vercel-status.com", "vercel.com/domains");
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final String PAGE = "100";

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public boolean leadsByItself() {
        return true;
    }

    @Override
    public List<Kept> all() {
        var all = new LinkedHashMap<String, Kept>();
        String until = "";
        int before;
        do {
            before = all.size();
            HttpUrl.Builder url = url("v5/domains/" + Names.bare(zone) + "/records");
            url.addQueryParameter("limit", PAGE);
            if (!until.isEmpty()) {
                url.addQueryParameter("until", until);
            }
            JsonNode answer = call(new Request.Builder().url(url.build()), false);
            answer.path("records").forEach(one -> all.put(one.path("id").asString(), kept(one)));
            until = answer.path("pagination").path("next").asString("");
        } while (!until.isEmpty() && all.size() > before);
        return List.copyOf(all.values());
    }

    private Kept kept(JsonNode record) {
        String type = record.path("type").asString(record.path("recordType").asString(""));
        String name = record.path("name").asString("");
        return new Kept(
                record.path("id").asString(),
                Names.full(name.isEmpty() ? "@" : name, zone),
                type,
                record.path("ttl").asLong(LEAST_TTL),
                RecordSet.written(type, record.path("value").asString("")),
                false,
                "");
    }

    @Override
    public String add(Edit.Wanted wanted) {
        HttpUrl url = url("v2/domains/" + Names.bare(zone) + "/records").build();
        JsonNode answer = call(new Request.Builder().url(url).post(said(wanted)), true);
        return answer.path("uid").asString();
    }

    @Override
    public void update(Kept old, Edit.Wanted wanted) {
        HttpUrl url = url("v1/domains/records/" + old.id()).build();
        var _ = call(new Request.Builder().url(url).patch(said(wanted)), true);
    }

    @Override
    public void delete(Kept old) {
        HttpUrl url = url("v2/domains/" + Names.bare(zone) + "/records/" + old.id()).build();
        var _ = call(new Request.Builder().url(url).delete(), true);
    }

    private HttpUrl.Builder url(String path) {
        HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder().addPathSegments(path);
        if (!team.isEmpty()) {
            url.addQueryParameter(team.startsWith("team_") ? "teamId" : "slug", team);
        }
        return url;
    }

    private RequestBody said(Edit.Wanted wanted) {
        RecordSet set = wanted.set();
        ObjectNode said = Vendor.JSON.createObjectNode();
        said.put("name", Names.below(set.name(), zone, ""));
        said.put("type", set.type()).put("ttl", set.ttl());
        if (set.type().equals("HTTPS")) {
            String[] words = wanted.value().split(" ", 3);
            said.putObject("https")
                    .put("priority", Integer.parseInt(words[0]))
                    .put("target", words[1])
                    .put("params", words.length > 2 ? words[2] : "");
        } else {
            said.put("value", Names.content(set, wanted.value()));
        }
        return RequestBody.create(said.toString().getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private JsonNode call(Request.Builder request, boolean changes) {
        request.header("Authorization", "Bearer " + VENDOR.secret(secrets, token));
        Vendor.Answer answer = VENDOR.call(request.build(), changes);
        if (answer.status() < 300) {
            return answer.body();
        }
        JsonNode error = answer.body().path("error");
        String says =
                (answer.status()
                                + " "
                                + error.path("code").asString("")
                                + " "
                                + error.path("message").asString(""))
                        .strip();
        if (answer.isBusy()) {
            throw VENDOR.unseen(Phrase.verbatim(says), changes && answer.status() != 429);
        }
        throw VENDOR.refused(says, helps(answer.status()));
    }

    private Phrase helps(int status) {
        return switch (status) {
            case 401, 403 ->
                    Phrase.of(
                            "{0} must hold a token that may change the domains of the team below"
                                    + " team:",
                            token);
            case 404 -> VENDOR.elsewhere();
            case 409 -> VENDOR.exists();
            default -> VENDOR.look();
        };
    }
}
