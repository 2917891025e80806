package backout.dns;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.Signed;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Sha256;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A zone at DNSPod: Tencent Cloud's API of 2021-03-23, signed with TC3-HMAC-SHA256. A refusal comes
 * with status 200.
 *
 * @param zone in full, with the dot at its end
 * @param key {@code env:NAME} or {@code file:PATH} of {@code ID:SECRET}
 */
public record DnsPod(String zone, URI base, String key, Secrets secrets, InstantSource clock)
        implements OneByOne.Api {
    public static final URI BASE = URI.create("https://dnspod.tencentcloudapi.com/");

    /** What zones without a paid plan may have. */
    public static final long LEAST_TTL = 600;

    private static final Vendor VENDOR =
            new Vendor("DNSPod", "https://status.cloud.tencent.com", "console.dnspod.cn");
    private static final Vendor.Codes CODES =
            new Vendor.Codes(
                    "AuthFailure",
                    "UnauthorizedOperation",
                    "dnspod:DescribeRecordList, CreateRecord, ModifyRecord, DeleteRecord",
                    "LimitExceeded.RecordTtlLimit",
                    "InvalidParameterValue.DomainNotExists"
                            + "|OperationDenied.NoPermissionToOperateDomain",
                    "InvalidParameter.DomainRecordExist");
    private static final String VERSION = "2021-03-23";
    private static final String TYPE = "application/json; charset=utf-8";
    private static final int PAGE = 3000;
    private static final String FOR_ALL = "默认";

    /** What counts, for its name is another one abroad. */
    private static final String FOR_ALL_ID = "0";

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public List<Kept> all() {
        return Vendor.pages(
                        (_, seen) -> {
                            ObjectNode said = said().put("Limit", PAGE).put("Offset", seen);
                            JsonNode answer = call("DescribeRecordList", said, false);
                            return new Vendor.Page(
                                    answer.path("RecordList"),
                                    answer.path("RecordCountInfo").path("TotalCount").asInt(0));
                        })
                .map(this::kept)
                .toList();
    }

    private Kept kept(JsonNode record) {
        String type = record.path("Type").asString();
        return new Kept(
                Long.toString(record.path("RecordId").asLong()),
                Names.full(record.path("Name").asString(), zone),
                type,
                record.path("TTL").asLong(),
                RecordSet.written(type, record.path("Value").asString()),
                false,
                rule(record));
    }

    private static String rule(JsonNode record) {
        if (record.path("Status").asString("ENABLE").equalsIgnoreCase("DISABLE")) {
            return "disabled";
        }
        if (record.path("Weight").isNumber()) {
            return "weight " + record.path("Weight").asInt();
        }
        String line = record.path("LineId").asString(FOR_ALL_ID);
        return line.equals(FOR_ALL_ID) ? "" : record.path("Line").asString(line);
    }

    @Override
    public String add(Edit.Wanted wanted) {
        JsonNode answer = call("CreateRecord", said(wanted), true);
        return Long.toString(answer.path("RecordId").asLong());
    }

    @Override
    public void update(Kept old, Edit.Wanted wanted) {
        ObjectNode said = said(wanted).put("RecordId", Long.parseLong(old.id()));
        var _ = call("ModifyRecord", said, true);
    }

    @Override
    public void delete(Kept old) {
        var _ = call("DeleteRecord", said().put("RecordId", Long.parseLong(old.id())), true);
    }

    private ObjectNode said() {
        return Vendor.JSON.createObjectNode().put("Domain", Names.bare(zone));
    }

    private ObjectNode said(Edit.Wanted wanted) {
        RecordSet set = wanted.set();
        return said().put("SubDomain", Names.below(set.name(), zone, "@"))
                .put("RecordType", set.type())
                .put("RecordLine", FOR_ALL)
                .put("RecordLineId", FOR_ALL_ID)
                .put("Value", Names.content(set, wanted.value()))
                .put("TTL", set.ttl());
    }

    private JsonNode call(String action, ObjectNode said, boolean changes) {
        String[] pair = Names.pair(VENDOR, VENDOR.secret(secrets, key), key);
        HttpUrl url = HttpUrl.get(base.toString());
        boolean isPlain = url.port() == HttpUrl.defaultPort(url.scheme());
        String host = isPlain ? url.host() : url.host() + ":" + url.port();
        Instant now = clock.instant();
        String body = said.toString();
        var request =
                new Request.Builder()
                        .url(url)
                        .header("Authorization", signed(host, "dnspod", action, body, now, pair))
                        .header("X-TC-Action", action)
                        .header("X-TC-Version", VERSION)
                        .header("X-TC-Timestamp", Long.toString(now.getEpochSecond()))
                        .post(RequestBody.create(body.getBytes(UTF_8), MediaType.get(TYPE)))
                        .build();
        return accepted(VENDOR.call(request, changes), changes);
    }

    /** The header Authorization. */
    static String signed(
            String host, String service, String action, String body, Instant now, String[] pair) {
        String names = "content-type;host;x-tc-action";
        String headers =
                "content-type:%s\nhost:%s\nx-tc-action:%s\n"
                        .formatted(TYPE, host, action.toLowerCase(Locale.ROOT));
        String whole = "POST\n/\n\n" + headers + "\n" + names + "\n" + Sha256.of(body);
        String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
        String scope = day + "/" + service + "/tc3_request";
        String text =
                "TC3-HMAC-SHA256\n" + now.getEpochSecond() + "\n" + scope + "\n" + Sha256.of(whole);
        byte[] hash = Signed.text(day, ("TC3" + pair[1]).getBytes(UTF_8));
        hash = Signed.text(service, hash);
        hash = Signed.text("tc3_request", hash);
        return "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                        pair[0], scope, names, HexFormat.of().formatHex(Signed.text(text, hash)));
    }

    private JsonNode accepted(Vendor.Answer answer, boolean changes) {
        JsonNode response = answer.body().path("Response");
        String code = response.path("Error").path("Code").asString("");
        if (answer.status() < 300 && response.isObject() && code.isEmpty()) {
            return response;
        }
        String says =
                (answer.status()
                                + " "
                                + code
                                + " "
                                + response.path("Error").path("Message").asString(""))
                        .strip();
        boolean isLater = code.startsWith("RequestLimitExceeded");
        if (answer.isBusy() || isLater || code.startsWith("InternalError")) {
            throw VENDOR.unseen(Phrase.verbatim(says), changes && !isLater);
        }
        if (!changes && code.equals("ResourceNotFound.NoDataOfRecord")) {
            return Vendor.JSON.createObjectNode();
        }
        throw VENDOR.refused(says, VENDOR.helps(code, CODES, key));
    }
}
