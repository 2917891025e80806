package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The releases of one target and its lock, folded from the target's own events. Goodness comes from
 * checks that held, never from time stamps of files or from the order of tags.
 */
public final class Ledger {
    /** In the order in which they were last seen. */
    private final Map<String, Release> releases = new LinkedHashMap<>();

    /** Marks of releases that were not seen yet: a bad release must not come in unmarked. */
    private final Map<String, Phrase> badUnseen = new HashMap<>();

    private final Map<String, Phrase> lost = new HashMap<>();

    private @Nullable TargetLock lock;

    public static Ledger of(List<TargetEvent> events) {
        var ledger = new Ledger();
        events.forEach(ledger::fold);
        return ledger;
    }

    private void fold(TargetEvent event) {
        switch (event) {
            case TargetEvent.Seen seen -> see(seen);
            case TargetEvent.FoundGood good -> change(good.id(), old -> proven(old, good));
            case TargetEvent.FilesKept kept ->
                    change(
                            kept.id(),
                            old ->
                                    copy(
                                            old,
                                            old.version(),
                                            old.goodSince(),
                                            old.bad(),
                                            kept.artifact()));
            case TargetEvent.MarkedBad bad -> mark(bad.id(), bad.why());
            case TargetEvent.Cleared cleared -> mark(cleared.id(), null);
            case TargetEvent.Locked locked ->
                    lock = new TargetLock(locked.by(), locked.why(), locked.run(), locked.at());
            case TargetEvent.Unlocked _ -> lock = null;
            case TargetEvent.LookedFor looked -> lost.put(looked.id(), looked.lost());
        }
    }

    private void change(String id, java.util.function.UnaryOperator<Release> how) {
        releases.computeIfPresent(id, (_, old) -> how.apply(old));
    }

    private void see(TargetEvent.Seen seen) {
        Release old = releases.remove(seen.id());
        releases.put(seen.id(), old == null ? first(seen) : again(old, seen));
    }

    private void mark(String id, @Nullable Phrase bad) {
        if (releases.containsKey(id)) {
            change(id, old -> copy(old, old.version(), old.goodSince(), bad, old.files()));
        } else if (bad == null) {
            badUnseen.remove(id);
        } else {
            badUnseen.put(id, bad);
        }
    }

    private Release first(TargetEvent.Seen seen) {
        return new Release(
                seen.id(),
                seen.image(),
                seen.tag(),
                seen.version(),
                seen.at(),
                seen.at(),
                null,
                badUnseen.remove(seen.id()),
                null);
    }

    /** A name with a digest is worth more than one without: a later sighting must not lose it. */
    private static Release again(Release old, TargetEvent.Seen seen) {
        boolean keepsImage = old.image().contains("@") && !seen.image().contains("@");
        return new Release(
                old.id(),
                keepsImage ? old.image() : seen.image(),
                seen.tag().isEmpty() ? old.tag() : seen.tag(),
                seen.version().isEmpty() ? old.version() : seen.version(),
                old.firstSeen(),
                seen.at().isAfter(old.lastSeen()) ? seen.at() : old.lastSeen(),
                old.goodSince(),
                old.bad(),
                old.files());
    }

    private static Release proven(Release old, TargetEvent.FoundGood good) {
        Instant since = old.goodSince() == null ? good.at() : old.goodSince();
        return copy(
                old,
                good.version().isEmpty() ? old.version() : good.version(),
                since,
                old.bad(),
                old.files());
    }

    private static Release copy(
            Release old,
            String version,
            @Nullable Instant goodSince,
            @Nullable Phrase bad,
            @Nullable String files) {
        return new Release(
                old.id(),
                old.image(),
                old.tag(),
                version,
                old.firstSeen(),
                old.lastSeen(),
                goodSince,
                bad,
                files);
    }

    public Optional<TargetLock> lock() {
        return Optional.ofNullable(lock);
    }

    /** Why a release could not be had when it was looked for last; empty when it could. */
    public Optional<Phrase> lost(String id) {
        return Optional.ofNullable(lost.get(id)).filter(why -> !why.equals(Phrase.NONE));
    }

    public Optional<Release> release(String id) {
        return Optional.ofNullable(releases.get(id));
    }

    /** All releases, the one that was seen last first. */
    public List<Release> releases() {
        var all = new ArrayList<>(releases.values()).reversed();
        all.sort(Comparator.comparing(Release::lastSeen).reversed());
        return List.copyOf(all);
    }

    /**
     * The release to go back to from {@code current}: the good one that ran last. Never a bad one,
     * never the same.
     */
    public Optional<Release> lastGood(String current) {
        return others(current).stream()
                .filter(release -> release.standing() == Release.Standing.GOOD)
                .findFirst();
    }

    /** What a person may pick from where nothing is proven; bad ones are left out. */
    public List<Release> candidates(String current) {
        return others(current).stream()
                .filter(release -> release.standing() != Release.Standing.BAD)
                .toList();
    }

    private List<Release> others(String current) {
        return releases().stream().filter(release -> !release.id().equals(current)).toList();
    }
}
