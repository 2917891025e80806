package backout.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is sent: HMAC-SHA256. */
public final class Signed {
    private static final String KIND = "HmacSHA256";

    private Signed() {}

    /** The 32 bytes of the signature of this text. */
    public static byte[] text(String text, String secret) {
        try {
            var mac = Mac.getInstance(KIND);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), KIND));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + KIND, e);
        }
    }
}
