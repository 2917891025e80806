package backout.operations;

import backout.run.Lease;
import backout.run.Leases;

import java.time.Duration;
import java.util.Optional;

/** Counts the leases that were lost. */
record CountedLeases(Leases leases, Instruments instruments) implements Leases {
    @Override
    public Optional<Lease> take(String key, Duration time) {
        return leases.take(key, time);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration time) {
        Optional<Lease> renewed = leases.renew(lease, time);
        if (renewed.isEmpty()) {
            instruments.listener().leaseLost();
        }
        return renewed;
    }

    @Override
    public boolean isHeld(Lease lease) {
        boolean held = leases.isHeld(lease);
        if (!held) {
            instruments.listener().leaseLost();
        }
        return held;
    }

    @Override
    public boolean isTaken(String key) {
        return leases.isTaken(key);
    }

    @Override
    public void release(Lease lease) {
        leases.release(lease);
    }
}
