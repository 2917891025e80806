package backout.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How long a service did not answer, from what single probes found. */
final class Downtime {
    /**
     * One probe.
     *
     * @param began by {@link System#nanoTime}
     * @param well whether the answer was 200 and came in time
     */
    record Probe(long began, boolean well) {}

    private Downtime() {}

    /**
     * From the beginning of the first probe that failed to that of the first that was well after
     * the last that failed; zero when none failed.
     *
     * @throws IllegalStateException when it was not well again at the end
     */
    static Duration of(List<Probe> probes) {
        List<Probe> all = probes.stream().sorted(Comparator.comparingLong(Probe::began)).toList();
        int first = 0;
        while (first < all.size() && all.get(first).well()) {
            first++;
        }
        if (first == all.size()) {
            return Duration.ZERO;
        }
        int last = all.size() - 1;
        while (all.get(last).well()) {
            last--;
        }
        if (last == all.size() - 1) {
            throw new IllegalStateException("the service did not come back");
        }
        return Duration.ofNanos(all.get(last + 1).began() - all.get(first).began());
    }

    /**
     * The longest time in which every probe failed, from the beginning of its first to that of the
     * next that was well: a single probe that a busy machine let wait is none.
     */
    static Duration longest(List<Probe> probes) {
        List<Probe> all = probes.stream().sorted(Comparator.comparingLong(Probe::began)).toList();
        long longest = 0;
        long since = -1;
        for (Probe probe : all) {
            if (probe.well()) {
                longest = since < 0 ? longest : Math.max(longest, probe.began() - since);
                since = -1;
            } else if (since < 0) {
                since = probe.began();
            }
        }
        return Duration.ofNanos(longest);
    }

    /** Whether this many of the latest were all well. */
    static boolean isOver(List<Probe> probes, int latest) {
        return probes.size() >= latest
                && probes.stream()
                        .sorted(Comparator.comparingLong(Probe::began).reversed())
                        .limit(latest)
                        .allMatch(Probe::well);
    }
}
