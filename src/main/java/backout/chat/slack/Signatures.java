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
        UNTIMELY
    }

    private final SecretKeySpec key;
    private final InstantSource clock;
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
        Ticker ticker = nanos::getAsLong;
        this.seen =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEPT)
                        .expireAfterWrite(KEPT)
                        .ticker(ticker)
                        .build();
    }

    /**
     * @param timestamp and {@code signature}: the headers, empty where missing
     */
    Verdict check(String timestamp, String signature, byte[] body) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return Verdict.FORGED;
        }
        byte[] mac = mac(timestamp, body);
        String wanted = "v0=" + HexFormat.of().formatHex(mac);
        if (!MessageDigest.isEqual(wanted.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return Verdict.FORGED;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(sent, clock.instant()).abs().compareTo(WINDOW) > 0) {
            return Verdict.UNTIMELY;
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
