package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The releases of one target and its lock, folded from the target's own events. Goodness comes from
 * checks that held, never from time stamps of files or from the order of tags.
 */
public final class Ledger {
    private static final Predicate<String> WORD =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._+:/@%=,-]*").asMatchPredicate();

    /** The same that goes on running is noted each ten minutes, and a look may take some. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(15);

    /** In the order in which they were last seen. */
    private final Map<String, Release> releases = new LinkedHashMap<>();

    /** Marks of releases that were not seen yet: a bad release must not come in unmarked. */
    private final Map<String, TargetEvent.MarkedBad> badUnseen = new LinkedHashMap<>();

    /** What runs proved that was not seen yet: a run may be faster than the next look. */
    private final Map<String, TargetEvent.FoundGood> provenUnseen = new LinkedHashMap<>();

    private final Map<String, Phrase> lost = new HashMap<>();

    private final Map<String, Duration> ran = new HashMap<>();
    private final Map<String, TargetEvent.Deployed> deployed = new HashMap<>();
    private TargetEvent.@Nullable Seen last;
    private final Locks locks = new Locks();

    public static Ledger of(List<TargetEvent> events) {
        var ledger = new Ledger();
        events.forEach(ledger::fold);
        return ledger;
    }

    private void fold(TargetEvent event) {
        switch (event) {
            case TargetEvent.Seen seen -> see(seen);
            case TargetEvent.FoundGood good -> prove(good);
            case TargetEvent.FilesKept kept ->
                    change(kept.id(), old -> old.keeping(kept.artifact()));
            case TargetEvent.MarkedBad bad -> mark(bad);
            case TargetEvent.Cleared cleared -> clear(cleared.id());
            case TargetEvent.Locked locked -> locks.fold(locked, last == null ? null : last.id());
            case TargetEvent.Unlocked unlocked -> locks.fold(unlocked);
            case TargetEvent.Deployed told -> deployed.put(told.release(), told);
            case TargetEvent.LookedFor looked -> lost.put(looked.id(), looked.lost());
            case TargetEvent.Warned _,
                    TargetEvent.Felt _,
                    TargetEvent.Proposed _,
                    TargetEvent.WentBack _,
                    TargetEvent.Frozen _,
                    TargetEvent.Thawed _,
                    TargetEvent.BannerLifted _,
                    TargetEvent.Ticked _,
                    TargetEvent.SuiteBegan _,
                    TargetEvent.SuiteEnded _,
                    TargetEvent.GlassBroken _,
                    TargetEvent.GlassReviewed _,
                    TargetEvent.StandbySeen _,
                    TargetEvent.Reminded _ -> {} // freezes are no matter of releases: see Freeze
        }
    }

    private void change(String id, UnaryOperator<Release> how) {
        releases.computeIfPresent(known(id), (_, old) -> how.apply(old));
    }

    /** A run that had to pull its image named it by digest: it is known by its image ID now. */
    private String known(String id) {
        if (releases.containsKey(id)) {
            return id;
        }
        return releases.values().stream()
                .filter(release -> release.isImage(id))
                .map(Release::id)
                .findFirst()
                .orElse(id);
    }

    /** From one sighting to the next of the same it ran, unless nobody looked for long. */
    private void count(TargetEvent.Seen seen) {
        if (last != null && last.id().equals(seen.id()) && !seen.at().isBefore(last.at())) {
            Duration since = Duration.between(last.at(), seen.at());
            if (since.compareTo(LONGEST_GAP) <= 0) {
                ran.merge(seen.id(), since, Duration::plus);
            }
        }
        last = seen;
    }

    /** How long it was seen to run, without the times between in which it was not. */
    public Duration ran(String id) {
        return ran.getOrDefault(id, Duration.ZERO);
    }

    private void see(TargetEvent.Seen seen) {
        count(seen);
        Release old = releases.remove(seen.id());
        releases.put(seen.id(), old == null ? Release.of(seen) : old.again(seen));
        known(badUnseen, seen.id()).forEach(this::mark);
        known(provenUnseen, seen.id()).forEach(this::prove);
    }

    /** Takes out what was said of it before it was seen. */
    private <E> List<E> known(Map<String, E> unseen, String id) {
        return List.copyOf(unseen.keySet()).stream()
                .filter(named -> known(named).equals(id))
                .map(named -> Objects.requireNonNull(unseen.remove(named)))
                .toList();
    }

    private void prove(TargetEvent.FoundGood good) {
        if (releases.containsKey(known(good.id()))) {
            change(good.id(), old -> good(old, good));
        } else if (!good.run().isEmpty()) {
            provenUnseen.put(good.id(), good);
        }
    }

    private void mark(TargetEvent.MarkedBad bad) {
        if (releases.containsKey(known(bad.id()))) {
            change(bad.id(), old -> old.marked(bad.why(), bad.said()));
        } else {
            badUnseen.put(bad.id(), bad);
        }
    }

    private void clear(String id) {
        badUnseen.remove(id);
        change(id, old -> old.marked(null, false));
    }

    /** What is good already is no less so for one more run that proved it. */
    private static Release good(Release old, TargetEvent.FoundGood good) {
        if (good.run().isEmpty()) {
            return old.good(good.at(), good.version(), good.remarks());
        }
        var remarks = new ArrayList<>(List.of(Phrase.of("proven in run {0}", good.run())));
        remarks.addAll(good.remarks());
        return old.goodSince() == null ? old.good(good.at(), good.version(), remarks) : old;
    }

    /** A person's, which may be over in time; else that of a run. */
    public Optional<TargetLock> lock() {
        return locks.lock();
    }

    /** That of a run, also where a person's is there too. */
    public Optional<TargetLock> lockOfRun() {
        return locks.ofRun();
    }

    /** What ran when a person locked it; empty where a run did, and where nobody had looked. */
    public Optional<String> lockedOn() {
        return locks.lockedOn();
    }

    /** Whether it is this run that holds the target's lock. */
    public boolean isLockedBy(String run) {
        return lockOfRun().filter(held -> held.run().equals(run)).isPresent();
    }

    /** Why a release could not be had when it was looked for last; empty when it could. */
    public Optional<Phrase> lost(String id) {
        return Optional.ofNullable(lost.get(id)).filter(why -> !why.equals(Phrase.NONE));
    }

    /** Why no release could be gone back to when it was looked last; empty when one could. */
    public Optional<Phrase> obstacle() {
        return lost(TargetEvent.LookedFor.ANY);
    }

    public Optional<Release> release(String id) {
        return Optional.ofNullable(releases.get(id));
    }

    /**
     * What runs, as people are shown it.
     *
     * @param source how it is named now: a release that is not known yet has no other name
     */
    public Plan.Shown shown(String identity, String source) {
        return release(identity)
                .map(known ->
                        new Plan.Shown(
                                identity,
                                known.name(),
                                Phrase.of("first seen {0}, {1}", known.firstSeen(), source)))
                .orElseGet(() -> new Plan.Shown(identity, source, Phrase.verbatim(source)));
    }

    /** The image ID of what a plan names so. */
    public String id(String identity) {
        return known(identity);
    }

    /** Why what a plan names so is marked bad, seen here or not; empty when it is not. */
    public Optional<Phrase> bad(String identity) {
        return Optional.ofNullable(badUnseen.get(identity))
                .map(TargetEvent.MarkedBad::why)
                .or(() ->
                        release(known(identity))
                                .flatMap(release -> Optional.ofNullable(release.bad())));
    }

    /** All releases, the one that was seen last first. */
    public List<Release> releases() {
        var all = new ArrayList<>(releases.values()).reversed();
        all.sort(Comparator.comparing(Release::lastSeen).reversed());
        return List.copyOf(all);
    }

    /** What runs now: the release that was seen last. */
    public Optional<Release> current() {
        return releases().stream().findFirst();
    }

    /**
     * The release to go back to from {@code current}: the good one that ran last. Never a bad one,
     * never the same.
     */
    public Optional<Release> lastGood(String current) {
        return good(current).stream().findFirst();
    }

    /** All that may be chosen, the one that ran last first. */
    public List<Release> good(String current) {
        return others(current).stream()
                .filter(release -> release.standing() == Release.Standing.GOOD)
                .toList();
    }

    /**
     * Those that were good and are marked bad: an automatic choice passes them over, and says so.
     */
    public List<Release> passedOver(String current) {
        return others(current).stream()
                .filter(release -> release.standing() == Release.Standing.BAD)
                .filter(release -> release.goodSince() != null)
                .toList();
    }

    /** What a person may pick from where nothing is proven; bad ones are left out. */
    public List<Release> candidates(String current) {
        return others(current).stream()
                .filter(release -> release.standing() != Release.Standing.BAD)
                .toList();
    }

    /** Who deployed it last, as programs told; empty where none did. */
    public Optional<TargetEvent.Deployed> deployed(Release release) {
        return deployed.values().stream()
                .filter(told -> release.isCalled(told.release()))
                .max(Comparator.comparing(TargetEvent.Deployed::at));
    }

    /** All that somebody may mean by this name. */
    public List<Release> called(String text) {
        return releases().stream().filter(release -> release.isCalled(text)).toList();
    }

    /**
     * What to call a release so that nobody mistakes it: the first of its names that no other has
     * and that is one word when it is typed, also in a shell.
     */
    public String sayable(Release release) {
        return Stream.of(release.name(), release.tag())
                .filter(WORD)
                .filter(name -> called(name).size() == 1)
                .findFirst()
                .orElse(release.shortId());
    }

    private List<Release> others(String current) {
        return releases().stream().filter(release -> !release.id().equals(current)).toList();
    }
}
