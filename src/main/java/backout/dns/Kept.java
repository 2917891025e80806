package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One record as it is kept by a provider.
 *
 * @param name in full, with the dot at its end
 * @param value as zone files have it
 * @param rule for whom alone it is answered, such as a line or a region, or why to nobody; empty
 *     when it is answered to all
 */
record Kept(
        String id, String name, String type, long ttl, String value, boolean proxied, String rule) {
    RecordSet alone() {
        return new RecordSet(name, type, ttl, List.of(value), proxied);
    }

    /**
     * What of them leads these names.
     *
     * @throws backout.problem.ProblemException where the answer is another for some of the people:
     *     what leads only these is not ours to change, and would stay
     */
    static Records records(List<Kept> all, List<String> names) {
        List<Kept> ours =
                all.stream()
                        .filter(one -> names.contains(one.name()))
                        .filter(one -> RecordSet.TYPES.contains(one.type()))
                        .toList();
        requireForAll(ours);
        var sets = new LinkedHashMap<String, RecordSet>();
        ours.forEach(one -> sets.merge(one.alone().key(), one.alone(), Records::both));
        return new Records(List.copyOf(sets.values()));
    }

    private static void requireForAll(List<Kept> ours) {
        List<String> odd =
                ours.stream()
                        .filter(one -> !one.rule().isEmpty())
                        .map(one -> one.name() + " " + one.type() + " (" + one.rule() + ")")
                        .toList();
        if (!odd.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "these records are not answered to everybody and would stay: {0}",
                            Phrase.list(odd)),
                    Phrase.of("make them one set for all, or take their names out of names:"));
        }
    }

    static void requireUnchanged(List<Kept> all, Records before, List<String> names) {
        before.requireSame(records(all, names));
    }

    /** How many sets they are. */
    static int sets(List<Kept> all) {
        return all.stream()
                .collect(Collectors.groupingBy(one -> one.name() + " " + one.type()))
                .size();
    }
}
