package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Script;

import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A zone at Cloudflare. All is changed in one batch, which it does wholly or not at all. It cannot
 * compare by itself: the records are read again at the last moment before.
 *
 * @param zone in full, with the dot at its end
 */
public record Cloudflare(String zone, CloudflareApi api) implements Provider {
    private static final long AUTOMATIC = 1;

    /** One record as it is kept there. */
    private record Kept(String id, String name, String type, String value, JsonNode whole) {
        static Kept of(JsonNode record) {
            String type = record.path("type").asString();
            return new Kept(
                    record.path("id").asString(),
                    record.path("name").asString() + ".",
                    type,
                    written(type, record.path("content").asString("")),
                    record);
        }

        long ttl() {
            return whole.path("ttl").asLong(AUTOMATIC);
        }

        boolean proxied() {
            return whole.path("proxied").asBoolean(false);
        }
    }

    /** As zone files have it: Cloudflare leaves the dot out, and writes addresses of IPv6 short. */
    private static String written(String type, String content) {
        return switch (type) {
            case "CNAME" -> content + ".";
            case "AAAA" -> InetAddress.ofLiteral(content).getHostAddress();
            default -> content;
        };
    }

    private List<Kept> all(String zoneId) {
        return api.pages("/zones/" + zoneId + "/dns_records").stream().map(Kept::of).toList();
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
        return records(all(zoneId()), names);
    }

    private static Records records(List<Kept> all, List<String> names) {
        var sets = new LinkedHashMap<String, RecordSet>();
        for (Kept one : all) {
            if (names.contains(one.name()) && RecordSet.TYPES.contains(one.type())) {
                var set =
                        new RecordSet(
                                one.name(),
                                one.type(),
                                one.ttl(),
                                List.of(one.value()),
                                one.proxied());
                sets.merge(set.key(), set, Records::both);
            }
        }
        return new Records(List.copyOf(sets.values()));
    }

    @Override
    public OptionalInt size() {
        long sets = all(zoneId()).stream().map(one -> one.name() + one.type()).distinct().count();
        return OptionalInt.of(Math.toIntExact(sets));
    }

    /** Nothing can be tried there without being done: the token's own rights are all it tells. */
    @Override
    public void rehearse(Records before, Records after) {
        requireUnchanged(all(zoneId()), before);
    }

    @Override
    public void change(Records before, Records after) {
        String zoneId = zoneId();
        List<Kept> all = all(zoneId);
        requireUnchanged(all, before);
        var batch = new CloudflareBatch();
        names(before, after).forEach(name -> change(batch, all, before, after, name));
        api.post("/zones/" + zoneId + "/dns_records/batch", batch.body());
    }

    private static Stream<String> names(Records before, Records after) {
        return before.changes(after).stream().map(Records.Change::name).distinct();
    }

    private static void requireUnchanged(List<Kept> all, Records before) {
        List<String> names = before.sets().stream().map(RecordSet::name).distinct().toList();
        Records now = records(all, names);
        if (!now.identity().equals(before.identity())) {
            throw Problem.stop(
                    Phrase.of(
                            "somebody else changed the records in between: {0}", before.shown(now)),
                    Phrase.of("look who it was; nothing was written over it"));
        }
    }

    /**
     * A record that can become the other keeps its id, comment and tags; the rest comes or goes.
     */
    private static void change(
            CloudflareBatch batch, List<Kept> all, Records before, Records after, String name) {
        List<Records.Change> changes =
                before.changes(after).stream().filter(one -> one.name().equals(name)).toList();
        var old = new ArrayList<Kept>();
        var wanted = new ArrayList<CloudflareBatch.Wanted>();
        for (Records.Change change : changes) {
            all.stream()
                    .filter(one -> one.name().equals(name) && one.type().equals(change.type()))
                    .forEach(old::add);
            change.after()
                    .ifPresent(set ->
                            set.values()
                                    .forEach(value ->
                                            wanted.add(new CloudflareBatch.Wanted(set, value))));
        }
        for (CloudflareBatch.Wanted one : wanted) {
            Kept becomes =
                    old.stream()
                            .filter(kept -> one.mayBeMadeOf(kept.type()))
                            .findFirst()
                            .orElse(null);
            if (becomes == null) {
                batch.post(one);
            } else {
                old.remove(becomes);
                batch.patch(becomes.id(), one, becomes.proxied());
            }
        }
        old.forEach(kept -> batch.delete(kept.id()));
    }

    /** Below that only for names that are proxied, and on the largest plan. */
    @Override
    public long leastTtl() {
        return 60;
    }

    @Override
    public Script script(Records before, Records after) {
        throw Problem.stop(
                Phrase.of("no script changes a zone at Cloudflare"),
                Phrase.of("change its records on dash.cloudflare.com, as the plan shows them"));
    }
}
