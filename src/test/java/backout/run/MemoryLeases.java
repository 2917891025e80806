package backout.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Leases of one simulated process; {@link #another} makes a further process on the same table, and
 * {@link #die} ends one as a kill would.
 */
public final class MemoryLeases implements Leases {
    private static final class Table {
        final Map<String, Lease> current = new TreeMap<>();
        final Map<String, Long> tokens = new TreeMap<>();
        final Set<String> dead = new HashSet<>();
        int holders;
    }

    private final Table table;
    private final InstantSource clock;
    private final String holder;

    public MemoryLeases(InstantSource clock) {
        this(new Table(), clock);
    }

    private MemoryLeases(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
        synchronized (table) {
            this.holder = "process-" + ++table.holders;
        }
    }

    /** A further process on the same leases. */
    public MemoryLeases another() {
        return new MemoryLeases(table, clock);
    }

    /** This process is gone: whatever it holds may be taken at once. */
    public void die() {
        synchronized (table) {
            table.dead.add(holder);
        }
    }

    @Override
    public Optional<Lease> take(String key, Duration time) {
        synchronized (table) {
            if (isTaken(key)) {
                return Optional.empty();
            }
            long token = table.tokens.merge(key, 1L, Long::sum);
            return keep(new Lease(key, holder, token, clock.instant().plus(time)));
        }
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration time) {
        synchronized (table) {
            return isCurrent(lease)
                    ? keep(
                            new Lease(
                                    lease.key(),
                                    lease.holder(),
                                    lease.token(),
                                    clock.instant().plus(time)))
                    : Optional.empty();
        }
    }

    @Override
    public boolean isHeld(Lease lease) {
        return isCurrent(lease);
    }

    @Override
    public boolean isTaken(String key) {
        synchronized (table) {
            Lease lease = table.current.get(key);
            return lease != null
                    && clock.instant().isBefore(lease.until())
                    && !table.dead.contains(lease.holder());
        }
    }

    @Override
    public void release(Lease lease) {
        synchronized (table) {
            if (isCurrent(lease)) {
                table.current.remove(lease.key());
            }
        }
    }

    /** Whether it is still the one that counts: not given back, and taken by nobody else since. */
    boolean isCurrent(Lease lease) {
        synchronized (table) {
            Lease current = table.current.get(lease.key());
            return current != null
                    && current.holder().equals(lease.holder())
                    && current.token() == lease.token();
        }
    }

    private Optional<Lease> keep(Lease lease) {
        table.current.put(lease.key(), lease);
        return Optional.of(lease);
    }
}
