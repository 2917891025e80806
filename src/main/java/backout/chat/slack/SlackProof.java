package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.Signatures;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack
 *
 * @param key the signing secret
 */
record SlackProof(SecretKeySpec key) implements Signatures.Proof {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile("v0=[0-9a-f]{64}");

    static SlackProof of(String secret) {
        return new SlackProof(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
    }

    @Override
    public Pattern form() {
        return FORM;
    }

    @Override
    public boolean holds(String timestamp, String signature, byte[] body) {
        String wanted = "v0=" + HexFormat.of().formatHex(mac(timestamp, body));
        return MessageDigest.isEqual(wanted.getBytes(UTF_8), signature.getBytes(UTF_8));
    }

    /** A {@code Mac} is for one thread. */
    private byte[] mac(String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SlackProof[***]";
    }
}
