package backout.dns;

import backout.http.Signed;
import backout.language.Phrase;
import backout.plan.Secrets;

import okhttp3.FormBody;
import okhttp3.Request;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A zone at Alibaba Cloud DNS: its RPC API of 2015-01-09, signed with HMAC-SHA1.
 *
 * @param zone in full, with the dot at its end
 * @param key {@code env:NAME} or {@code file:PATH} of {@code ID:SECRET}
 */
public record AliDns(String zone, URI base, String key, Secrets secrets, InstantSource clock)
        implements OneByOne.Api {
    public static final URI BASE = URI.create("https://alidns.aliyuncs.com/");

    /** What zones without a paid plan may have. */
    public static final long LEAST_TTL = 600;

    private static final Vendor VENDOR =
            new Vendor("AliDNS", "https://status.alibabacloud.com", "dns.console.aliyun.com");
    private static final Vendor.Codes CODES =
            new Vendor.Codes(
                    "InvalidAccessKeyId|SignatureDoesNotMatch",
                    "Forbidden|NoPermission",
                    "alidns:DescribeDomainRecords, Add-, Update- and DeleteDomainRecord",
                    "QuotaExceeded.TTL$",
                    "InvalidDomainName.NoExist$|DomainNotExist$|IncorrectDomainUser$",
                    "DomainRecordDuplicate$|DomainRecordConflict$");
    private static final int PAGE = 500;
    private static final String FOR_ALL = "default";

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public List<Kept> all() {
        return Vendor.pages(
                        (page, _) -> {
                            JsonNode answer =
                                    call(
                                            Map.of(
                                                    "Action", "DescribeDomainRecords",
                                                    "DomainName", Names.bare(zone),
                                                    "PageNumber", Integer.toString(page),
                                                    "PageSize", Integer.toString(PAGE)),
                                            false);
                            return new Vendor.Page(
                                    answer.path("DomainRecords").path("Record"),
                                    answer.path("TotalCount").asInt(0));
                        })
                .map(this::kept)
                .toList();
    }

    private Kept kept(JsonNode record) {
        String type = record.path("Type").asString();
        return new Kept(
                record.path("RecordId").asString(),
                Names.full(record.path("RR").asString(), zone),
                type,
                record.path("TTL").asLong(),
                RecordSet.written(type, record.path("Value").asString()),
                false,
                rule(record));
    }

    private static String rule(JsonNode record) {
        String line = record.path("Line").asString(FOR_ALL);
        if (record.path("Status").asString("ENABLE").equalsIgnoreCase("DISABLE")) {
            return "disabled";
        }
        int weight = record.path("Weight").asInt(1);
        if (weight != 1) {
            return "weight " + weight;
        }
        return line.equals(FOR_ALL) ? "" : line;
    }

    @Override
    public String add(Edit.Wanted wanted) {
        Map<String, String> said = said("AddDomainRecord", wanted);
        said.put("DomainName", Names.bare(zone));
        return call(said, true).path("RecordId").asString();
    }

    @Override
    public void update(Kept old, Edit.Wanted wanted) {
        Map<String, String> said = said("UpdateDomainRecord", wanted);
        said.put("RecordId", old.id());
        var _ = call(said, true);
    }

    @Override
    public void delete(Kept old) {
        var _ = call(Map.of("Action", "DeleteDomainRecord", "RecordId", old.id()), true);
    }

    private Map<String, String> said(String action, Edit.Wanted wanted) {
        RecordSet set = wanted.set();
        var said = new TreeMap<String, String>();
        said.put("Action", action);
        said.put("RR", Names.below(set.name(), zone, "@"));
        said.put("Type", set.type());
        said.put("Value", Names.content(set, wanted.value()));
        said.put("TTL", Long.toString(set.ttl()));
        said.put("Line", FOR_ALL);
        return said;
    }

    private JsonNode call(Map<String, String> said, boolean changes) {
        String[] pair = Names.pair(VENDOR, VENDOR.secret(secrets, key), key);
        var all = new TreeMap<>(said);
        all.put("AccessKeyId", pair[0]);
        all.put("Format", "JSON");
        all.put("SignatureMethod", "HMAC-SHA1");
        all.put("SignatureNonce", UUID.randomUUID().toString());
        all.put("SignatureVersion", "1.0");
        all.put("Timestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("Version", "2015-01-09");
        all.put("Signature", signature("POST", all, pair[1]));
        var form = new FormBody.Builder();
        all.forEach(form::add);
        var request = new Request.Builder().url(base.toString()).post(form.build()).build();
        return accepted(VENDOR.call(request, changes), changes);
    }

    /** Of everything else that is said, in the order of its names. */
    static String signature(String method, Map<String, String> said, String secret) {
        String all =
                new TreeMap<>(said)
                        .entrySet().stream()
                                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                                .collect(Collectors.joining("&"));
        byte[] signature = Signed.text("HmacSHA1", method + "&%2F&" + encoded(all), secret + "&");
        return Base64.getEncoder().encodeToString(signature);
    }

    /** As RFC 3986 has it, which Java's own does not. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private JsonNode accepted(Vendor.Answer answer, boolean changes) {
        String code = answer.body().path("Code").asString("");
        if (answer.status() < 300 && code.isEmpty()) {
            return answer.body();
        }
        String says =
                (answer.status() + " " + code + " " + answer.body().path("Message").asString(""))
                        .strip();
        if (answer.isBusy() || code.startsWith("Throttling")) {
            throw VENDOR.unseen(Phrase.verbatim(says), changes && !code.startsWith("Throttling"));
        }
        throw VENDOR.refused(says, VENDOR.helps(code, CODES, key));
    }
}
