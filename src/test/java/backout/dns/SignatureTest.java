package backout.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

/** The vendors' own published examples. */
class SignatureTest {
    /** The example of the RPC API's page about signatures: DescribeRegions. */
    @Test
    void as_alibaba_cloud_shows_it() {
        var said =
                Map.of(
                        "Timestamp", "2016-02-23T12:46:24Z",
                        "Format", "XML",
                        "AccessKeyId", "testid",
                        "Action", "DescribeRegions",
                        "SignatureMethod", "HMAC-SHA1",
                        "SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
                        "Version", "2014-05-26",
                        "SignatureVersion", "1.0");

        assertThat(AliDns.signature("GET", said, "testsecret"))
                .isEqualTo("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    }

    /** The example of the page about signature v3, whose key is 32 asterisks. */
    @Test
    void as_tencent_cloud_shows_it() {
        String body =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
                        + " \"instance-name\"}]}";
        String[] pair = {"AKID" + "*".repeat(32), "*".repeat(32)};

        assertThat(
                        DnsPod.signed(
                                "cvm.tencentcloudapi.com",
                                "cvm",
                                "DescribeInstances",
                                body,
                                Instant.ofEpochSecond(1_551_113_065),
                                pair))
                .isEqualTo(
                        "TC3-HMAC-SHA256 Credential=AKID"
                                + "*".repeat(32)
                                + "/2019-02-25/cvm/tc3_request,"
                                + " SignedHeaders=content-type;host;x-tc-action, Signature="
                                + "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
    }
}
