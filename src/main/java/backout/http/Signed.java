package backout.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is sent: HMAC-SHA256, or another where somebody knows no better. */
public final class Signed {
    private Signed() {}

    /** The 32 bytes of the signature of this text. */
    public static byte[] text(String text, String secret) {
        return text(text, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The same by a key that is no text. */
    public static byte[] text(String text, byte[] key) {
        return text("HmacSHA256", text, key);
    }

    /**
     * @param kind as {@link Mac} calls it
     */
    public static byte[] text(String kind, String text, String secret) {
        return text(kind, text, secret.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] text(String kind, String text, byte[] key) {
        try {
            var mac = Mac.getInstance(kind);
            mac.init(new SecretKeySpec(key, kind));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + kind, e);
        }
    }
}
