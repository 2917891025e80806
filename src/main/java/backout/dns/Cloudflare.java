package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Script;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A zone at Cloudflare. All is changed in one batch, which it does wholly or not at all. It cannot
 * compare by itself: the records are read again at the last moment before.
 *
 * @param zone in full, with the dot at its end
 */
public record Cloudflare(String zone, CloudflareApi api) implements Provider {
    private static final long AUTOMATIC = 1;

    private static Kept kept(JsonNode record) {
        String type = record.path("type").asString();
        return new Kept(
                record.path("id").asString(),
                record.path("name").asString() + ".",
                type,
                record.path("ttl").asLong(AUTOMATIC),
                RecordSet.written(type, record.path("content").asString("")),
                record.path("proxied").asBoolean(false),
                "");
    }

    private List<Kept> all(String zoneId) {
        return api.pages("/zones/" + zoneId + "/dns_records").stream()
                .map(Cloudflare::kept)
                .toList();
    }

    private String zoneId() {
        String name = zone.substring(0, zone.length() - 1);
        List<JsonNode> zones = api.list("/zones", Map.of("name", name));
        if (zones.size() != 1) {
            throw Problem.stop(
                    Phrase.of(
                            "Cloudflare shows no zone {0} to the token of {1}", name, api.token()),
                    Phrase.of("give that token Zone Read and DNS Edit of this zone, or see zone:"));
        }
        return zones.getFirst().path("id").asString();
    }

    @Override
    public Records read(List<String> names) {
        return Kept.records(all(zoneId()), names);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(Kept.sets(all(zoneId())));
    }

    /** Nothing can be tried there without being done: the token's own rights are all it tells. */
    @Override
    public void rehearse(Records before, Records after) {
        Kept.requireUnchanged(all(zoneId()), before, before.names(after));
    }

    @Override
    public void change(Records before, Records after, Runnable going) {
        String zoneId = zoneId();
        List<Kept> all = all(zoneId);
        Kept.requireUnchanged(all, before, before.names(after));
        var batch = new CloudflareBatch();
        Edit.of(all, before, after).forEach(batch::add);
        api.post("/zones/" + zoneId + "/dns_records/batch", batch.body());
    }

    /** What is called automatic there. */
    @Override
    public long lasts(RecordSet set) {
        return set.ttl() == AUTOMATIC ? 300 : set.ttl();
    }

    /** Below that only for names that are proxied, and on the largest plan. */
    @Override
    public long leastTtl() {
        return 60;
    }

    @Override
    public Script script(Records before, Records after) {
        throw CloudflareApi.VENDOR.noScript();
    }
}
