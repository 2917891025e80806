package backout.run;

import java.time.InstantSource;
import java.util.List;

/** The simulated leases keep to what the real ones keep to. */
class MemoryLeasesTest extends LeasesContract {
    private List<MemoryLeases> holders = List.of();

    @Override
    protected Leases first(InstantSource clock) {
        var first = new MemoryLeases(clock);
        holders = List.of(first, first.another());
        return first;
    }

    @Override
    protected Leases second(InstantSource clock) {
        return holders.get(1);
    }

    @Override
    protected void killFirst() {
        holders.get(0).die();
    }
}
