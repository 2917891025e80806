package backout.config;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Shown;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a file names.
 *
 * @param given every name, also where the section below it was refused
 * @param read what could be read, in the order of the file
 */
record Names<T>(Set<String> given, Map<String, Found<T>> read) {
    Names {
        given = Set.copyOf(given);
        read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
    }

    boolean isWhole() {
        return given.size() == read.size();
    }

    /** Those of which this holds; what could not be read is among them. */
    Names<T> only(Predicate<T> which) {
        var kept = new LinkedHashMap<>(read);
        kept.values().removeIf(found -> !which.test(found.value()));
        var names = new HashSet<>(given);
        read.keySet().stream().filter(name -> !kept.containsKey(name)).forEach(names::remove);
        return new Names<>(names, kept);
    }

    /** The same names of what is made of each. */
    <U> Names<U> map(Function<T, U> made) {
        var all = new LinkedHashMap<String, Found<U>>();
        read.forEach((name, found) ->
                all.put(name, new Found<>(made.apply(found.value()), found.section())));
        return new Names<>(given, all);
    }

    Map<String, T> values() {
        Map<String, T> values = new LinkedHashMap<>();
        read.forEach((name, found) -> values.put(name, found.value()));
        return values;
    }

    /** A value that was read, with the section it came from: cross checks tell where they look. */
    record Found<T>(T value, Yaml.Section section) {
        Place place(String key) {
            return section.placeOf(key);
        }
    }

    /** Where to go from a word that is none of the known ones: the nearest, and all of them. */
    static Phrase nearest(String word, Collection<String> known, Phrase all) {
        return Nearest.to(word, known)
                .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", Shown.of(near), all))
                .orElse(all);
    }

    /** The same for a kind of targets that no executor is there for. */
    static Phrase nearestKind(String kind, Set<String> kinds) {
        return nearest(kind, kinds, Phrase.of("Kinds are: {0}", kinds.stream().sorted().toList()));
    }
}
