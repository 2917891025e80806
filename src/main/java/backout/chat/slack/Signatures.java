package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request comes from Slack, now, for the first time:
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
final class Signatures {
    /** How far Slack's clock and ours may be apart, in either direction. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** A time stamp from the future stays good for twice the window. */
    private static final Duration KEPT = WINDOW.multipliedBy(2).plusMinutes(1);

    private static final int MOST_KEPT = 100_000;

    private static final String ALGORITHM = "HmacSHA256";

    /** What a request turned out to be. */
    enum Verdict {
        GENUINE,
        /** Genuine, but it was here before with this very signature. */
        REPLAYED,
        FORGED,
        /** Too old, or from the future. */
        UNTIMELY,
        /** From before this process, which does not know whether it was here before. */
        EARLIER
    }

    private static final Pattern STAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("v0=[0-9a-f]{64}");

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Instant first;
    private final Cache<Seen, Boolean> seen;

    /** Half of a signature, which tells requests apart in a third of the memory. */
    private record Seen(long first, long second) {
        static Seen of(byte[] mac) {
            var buffer = ByteBuffer.wrap(mac);
            return new Seen(buffer.getLong(), buffer.getLong());
        }
    }

    /**
     * @param nanos a clock that only goes forward, for how long signatures are remembered
     */
    Signatures(String secret, InstantSource clock, LongSupplier nanos) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.clock = clock;
        this.first = clock.instant().minusSeconds(1);
        Ticker ticker = nanos::getAsLong;
        this.seen =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEPT)
                        .expireAfterWrite(KEPT)
                        .ticker(ticker)
                        .build();
    }

    /**
     * What the headers alone tell, before anything of the body is read: GENUINE is only "may be".
     *
     * @param timestamp and {@code signature}: the headers, empty where missing
     */
    Verdict ofHeaders(String timestamp, String signature) {
        if (!STAMP.matcher(timestamp).matches() || !SIGNATURE.matcher(signature).matches()) {
            return Verdict.FORGED;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, clock.instant()).abs().compareTo(WINDOW) > 0) {
            return Verdict.UNTIMELY;
        }
        return sent.isBefore(first) ? Verdict.EARLIER : Verdict.GENUINE;
    }

    /**
     * @param timestamp and {@code signature}: the headers, empty where missing
     */
    Verdict check(String timestamp, String signature, byte[] body) {
        Verdict outside = ofHeaders(timestamp, signature);
        if (outside != Verdict.GENUINE) {
            return outside;
        }
        byte[] mac = mac(timestamp, body);
        String wanted = "v0=" + HexFormat.of().formatHex(mac);
        if (!MessageDigest.isEqual(wanted.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return Verdict.FORGED;
        }
        return seen.asMap().putIfAbsent(Seen.of(mac), true) == null
                ? Verdict.GENUINE
                : Verdict.REPLAYED;
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
}
