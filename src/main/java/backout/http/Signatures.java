package backout.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.problem.Sha256;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Whether a request comes from the chat that signs it, now, for the first time. How a chat signs is
 * its own {@link Proof}.
 */
public final class Signatures {
    /** How far the chat's clock and ours may be apart, in either direction. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** A time stamp from the future stays good for twice the window. */
    private static final Duration KEPT = WINDOW.multipliedBy(2).plusMinutes(1);

    private static final int MOST_KEPT = 100_000;

    /** How one chat signs. */
    public interface Proof {
        /** What a signature of it looks like, before anything is computed. */
        Pattern form();

        /** Whether it signed exactly this; called by many threads at once. */
        boolean holds(String timestamp, String signature, byte[] body);
    }

    /** What a request turned out to be. */
    public enum Verdict {
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

    private final Proof proof;
    private final InstantSource clock;
    private final Instant first;
    private final Cache<Seen, Boolean> seen;

    /** Half of a signature's hash, which tells requests apart in a third of the memory. */
    private record Seen(long first, long second) {
        static Seen of(String signature) {
            var buffer = ByteBuffer.wrap(Sha256.digest().digest(signature.getBytes(UTF_8)));
            return new Seen(buffer.getLong(), buffer.getLong());
        }
    }

    /**
     * @param nanos a clock that only goes forward, for how long signatures are remembered
     */
    public Signatures(Proof proof, InstantSource clock, LongSupplier nanos) {
        this(proof, clock, nanos, clock.instant().minusSeconds(1));
    }

    /** The same for what is known again by an id of its own, also from before this process. */
    public static Signatures ofWhatIsKnown(Proof proof, InstantSource clock, LongSupplier nanos) {
        return new Signatures(proof, clock, nanos, Instant.EPOCH);
    }

    private Signatures(Proof proof, InstantSource clock, LongSupplier nanos, Instant first) {
        this.proof = proof;
        this.clock = clock;
        this.first = first;
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
    public Verdict ofHeaders(String timestamp, String signature) {
        if (!STAMP.matcher(timestamp).matches() || !proof.form().matcher(signature).matches()) {
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
    public Verdict check(String timestamp, String signature, byte[] body) {
        Verdict outside = ofHeaders(timestamp, signature);
        if (outside != Verdict.GENUINE) {
            return outside;
        }
        if (!proof.holds(timestamp, signature, body)) {
            return Verdict.FORGED;
        }
        return seen.asMap().putIfAbsent(Seen.of(signature), true) == null
                ? Verdict.GENUINE
                : Verdict.REPLAYED;
    }
}
