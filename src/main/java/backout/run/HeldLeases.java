package backout.run;

import backout.plan.TargetName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The leases of all targets of a run, taken and given back together. One thread at a time. */
final class HeldLeases {
    private final Leases leases;

    /**
     * In the order of their names, so that two that want the same ones never wait for each other.
     */
    private final List<TargetName> names;

    private final Map<TargetName, Lease> held = new LinkedHashMap<>();
    private boolean lost;

    HeldLeases(Collection<TargetName> targets, Leases leases) {
        this.names = targets.stream().sorted(Comparator.comparing(TargetName::toString)).toList();
        this.leases = leases;
    }

    /**
     * Takes or renews all of them.
     *
     * @return false when somebody else has one of them; then none is held
     */
    boolean hold(Duration time) {
        lost = !names.stream().allMatch(name -> hold(name, time));
        if (lost) {
            giveBack();
        }
        return !lost;
    }

    private boolean hold(TargetName name, Duration time) {
        Lease lease = held.get(name);
        Optional<Lease> now =
                lease == null ? leases.take(name.toString(), time) : leases.renew(lease, time);
        now.ifPresentOrElse(it -> held.put(name, it), () -> held.remove(name));
        return now.isPresent();
    }

    void giveBack() {
        held.values().forEach(leases::release);
        held.clear();
    }

    boolean areLost() {
        return lost || held.isEmpty() || !held.values().stream().allMatch(leases::isHeld);
    }

    /**
     * By which the store fences: whoever works on the same run takes this one first, so that nobody
     * who lost any of them can still write.
     */
    @Nullable Lease fence() {
        return held.get(names.getFirst());
    }
}
