package backout.chat.console.web;

import backout.problem.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** Random words that nobody guesses, and their hashes: only these are kept. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 256 bits as 43 letters, digits, {@code -} and {@code _}. */
    static String token() {
        return random(32);
    }

    /** 128 bits: names something, opens nothing. */
    static String name() {
        return random(16);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** SHA-256 in hexadecimal: of 256 random bits it needs no salt. */
    static String hash(String token) {
        return Sha256.of(token);
    }

    /** Takes as long whether they differ early or late. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
