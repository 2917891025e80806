package backout.watch;

import backout.run.Lease;
import backout.run.Leases;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Which of the processes on one store drives runs: the one that serves, for it has the secrets and
 * the configuration that the site was set up with; while none does, whoever was asked.
 */
public final class Leader {
    private static final String KEY = "serve";

    /** Held by one of those that drive while none serves: that there is any. */
    private static final String STAND_IN = "stand-in";

    /** One that hangs for longer leads no more; one that died does so at once. */
    private static final Duration TERM = Duration.ofMinutes(3);

    private final Leases leases;
    private boolean serving;
    private @Nullable Lease lease;

    /** Of a process that does not serve, until {@link #serve} says so. */
    public Leader(Leases leases) {
        this.leases = leases;
    }

    /** This process serves from now on. A second one that does so drives beside the first. */
    synchronized void serve() {
        leave();
        serving = true;
        remain();
    }

    /** To be called well within a term. */
    synchronized void remain() {
        String key = serving ? KEY : STAND_IN;
        lease = (lease == null ? leases.take(key, TERM) : leases.renew(lease, TERM)).orElse(null);
    }

    /** Whether any process drives runs; this one only after it has begun to. */
    boolean isAnybodyAtWork() {
        return leases.isTaken(KEY) || leases.isTaken(STAND_IN);
    }

    /** Whether runs are driven by this process; never waits. */
    synchronized boolean mayDrive() {
        return serving || !leases.isTaken(KEY);
    }

    synchronized void leave() {
        serving = false;
        if (lease != null) {
            leases.release(lease);
            lease = null;
        }
    }
}
