package backout.run;

import java.time.Duration;
import java.util.Optional;

/** One holder per target at a time. Votes need no lease. */
public interface Leases {
    /**
     * Takes a lease that is free, has run out, or whose holder is known to be dead.
     *
     * @return empty while somebody else holds it
     */
    Optional<Lease> take(String key, Duration time);

    /** Makes it last {@code time} from now; empty when it was lost: stop at once. */
    Optional<Lease> renew(Lease lease, Duration time);

    /** Whether it is still the one that counts; how long it lasts is left as it is. */
    boolean isHeld(Lease lease);

    /** Whether anybody who lives holds this key, oneself included. */
    boolean isTaken(String key);

    /** Gives it back; harmless when it was lost. */
    void release(Lease lease);
}
