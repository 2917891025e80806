package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Sha256;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where some names lead: all their sets, each once, in a fixed order. */
public record Records(List<RecordSet> sets) {
    private static final int DIGITS = 16;

    public Records {
        sets = sets.stream().sorted(Comparator.comparing(RecordSet::key)).toList();
        if (sets.stream().map(RecordSet::key).distinct().count() < sets.size()) {
            throw new IllegalArgumentException("a set of records twice");
        }
    }

    /** One set that is different afterwards; empty on the side where it is not there. */
    public record Change(Optional<RecordSet> before, Optional<RecordSet> after) {
        private RecordSet any() {
            return after.or(this::before).orElseThrow();
        }

        public String name() {
            return any().name();
        }

        public String type() {
            return any().type();
        }

        /** For people: {@code A 192.0.2.1 (300 s) → A 192.0.2.2 (60 s)}. */
        public Phrase says() {
            return Phrase.of("{0} → {1}", shown(before), shown(after));
        }

        /** The same with its name. */
        public Phrase told() {
            return Phrase.of("{0} {1}", name(), says());
        }

        private static Phrase shown(Optional<RecordSet> side) {
            return side.map(RecordSet::shown).orElse(Phrase.of("none"));
        }
    }

    /** As {@link #text} writes them. */
    public static Records parse(String text) {
        var sets = new TreeMap<String, RecordSet>();
        Stream.of(text.split("\\n| \\| ", -1))
                .filter(line -> !line.isBlank())
                .map(RecordSet::parse)
                .forEach(one -> sets.merge(one.key(), one, Records::both));
        return new Records(List.copyOf(sets.values()));
    }

    static RecordSet both(RecordSet one, RecordSet more) {
        var values = new ArrayList<>(one.values());
        values.addAll(more.values());
        return new RecordSet(one.name(), one.type(), one.ttl(), values, one.proxied());
    }

    /** Lines of a zone file, whole: they can be had again by it. Bars part them, for one line. */
    public String text() {
        return sets.stream()
                .flatMap(set -> set.lines().stream())
                .collect(Collectors.joining(" | "));
    }

    /** The same of one name, for people: {@code A 192.0.2.1 (300 s), AAAA 2001:db8::1 (300 s)}. */
    public Phrase shown(String name) {
        List<Phrase> shown =
                sets.stream().filter(set -> set.name().equals(name)).map(RecordSet::shown).toList();
        return shown.isEmpty() ? Phrase.of("none") : Phrase.joined(", ", shown);
    }

    /**
     * The same for all that lead to the same, however long that is kept: {@code set-} and 16 hex
     * digits.
     */
    public String identity() {
        String leads = sets.stream().map(RecordSet::leads).collect(Collectors.joining("\n"));
        return "set-" + Sha256.of(leads).substring(0, DIGITS);
    }

    /** The same for all that is kept to the letter as these are: {@code ttl-} and 16 hex digits. */
    public String letter() {
        return "ttl-" + Sha256.of(text()).substring(0, DIGITS);
    }

    /** A word for people: the first of the places that it leads to. */
    public String place() {
        return sets.stream()
                .filter(set -> !set.type().equals("HTTPS"))
                .findFirst()
                .map(set -> set.values().getFirst())
                .orElse("no record");
    }

    public Optional<RecordSet> set(String name, String type) {
        return sets.stream()
                .filter(one -> one.name().equals(name) && one.type().equals(type))
                .findFirst();
    }

    public boolean has(String name) {
        return sets.stream().anyMatch(one -> one.name().equals(name));
    }

    /** Whether an alias in them leads to names of that domain, outside of the zone. */
    public boolean isServedBy(String domain, String zone) {
        return !domain.equals(zone)
                && sets.stream()
                        .filter(set -> set.type().equals("CNAME"))
                        .flatMap(set -> set.values().stream())
                        .anyMatch(value -> value.endsWith("." + domain));
    }

    /** The names that have a record in these or in those, each once. */
    public List<String> names(Records others) {
        return Stream.concat(sets.stream(), others.sets.stream())
                .map(RecordSet::name)
                .distinct()
                .toList();
    }

    /**
     * Whether these are the one on the way to the other: nothing stands in them that neither has,
     * and nothing lacks that both have.
     */
    public boolean isBetween(Records from, Records to) {
        Set<String> begin = from.alone();
        Set<String> end = to.alone();
        return alone().stream().allMatch(one -> begin.contains(one) || end.contains(one))
                && begin.stream().filter(end::contains).allMatch(alone()::contains);
    }

    /** Where each single record leads. */
    private Set<String> alone() {
        return sets.stream()
                .flatMap(set -> set.values().stream().map(value -> set.key() + " " + value))
                .collect(Collectors.toSet());
    }

    /** These, and for names that have no record in them what others say. */
    public Records or(Records others) {
        return new Records(
                Stream.concat(sets.stream(), others.sets.stream().filter(set -> !has(set.name())))
                        .toList());
    }

    /** The names of which the provider answers addresses of its own. */
    Set<String> proxied() {
        return sets.stream()
                .filter(RecordSet::proxied)
                .map(RecordSet::name)
                .collect(Collectors.toSet());
    }

    Records without(Set<String> names) {
        return new Records(sets.stream().filter(set -> !names.contains(set.name())).toList());
    }

    /** All addresses of type A and AAAA in them. */
    public Set<String> addresses() {
        return sets.stream()
                .filter(set -> set.type().equals("A") || set.type().equals("AAAA"))
                .flatMap(set -> set.values().stream())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /** Every set that must be written or removed to make these of those. */
    public List<Change> changes(Records after) {
        Map<String, RecordSet> old = byKey();
        Map<String, RecordSet> wanted = after.byKey();
        return Stream.concat(old.keySet().stream(), wanted.keySet().stream())
                .distinct()
                .sorted()
                .map(key ->
                        new Change(
                                Optional.ofNullable(old.get(key)),
                                Optional.ofNullable(wanted.get(key))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    /** What these are instead, for people: {@code www.vidfab.ai. A 192.0.2.1 (60 s) → none}. */
    public Phrase shown(Records instead) {
        return Phrase.joined("; ", changes(instead).stream().map(Change::told).toList());
    }

    /**
     * @throws backout.problem.ProblemException when they lead elsewhere now
     */
    public void requireSame(Records now) {
        requireSame(now, Records::identity);
    }

    /**
     * @param by what of them must be the same
     * @throws backout.problem.ProblemException when it is not now
     */
    public void requireSame(Records now, Function<Records, String> by) {
        if (!by.apply(now).equals(by.apply(this))) {
            throw Problem.stop(
                    Phrase.of("somebody else changed the records in between: {0}", shown(now)),
                    Phrase.of("look who it was; nothing was written over it"));
        }
    }

    private Map<String, RecordSet> byKey() {
        return sets.stream()
                .collect(
                        Collectors.toMap(
                                RecordSet::key, set -> set, (one, _) -> one, TreeMap::new));
    }
}
