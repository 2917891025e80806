package backout.executor.rebuild;

import backout.problem.Sha256;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What files are, without what is in them: by name the SHA-256 of each, {@link #NONE} for what is
 * not there.
 */
record Listing(Map<String, String> hashes) {
    static final String NONE = "-";

    Listing {
        hashes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hashes));
    }

    /** As {@code hashes.sh} prints it, and {@link #text}. */
    static Listing parse(String text) {
        var hashes = new LinkedHashMap<String, String>();
        text.lines()
                .forEach(line -> {
                    String[] parts = line.split(" ", 2);
                    hashes.put(parts[1], parts[0]);
                });
        return new Listing(hashes);
    }

    /** Those of that many names, of which a machine may lack some. */
    static Listing found(List<String> names, Map<String, String> found) {
        var hashes = new LinkedHashMap<String, String>();
        names.forEach(name -> hashes.put(name, found.getOrDefault(name, NONE)));
        return new Listing(hashes);
    }

    String text() {
        return hashes.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** By which steps name it. */
    String identity() {
        return "files:" + Sha256.of(text()).substring(0, 16);
    }

    String hash(String name) {
        return hashes.getOrDefault(name, NONE);
    }

    List<String> names() {
        return List.copyOf(hashes.keySet());
    }

    /** Those that are there now and are other ones in the second. */
    List<String> otherIn(Listing wanted) {
        return names().stream()
                .filter(name -> !hash(name).equals(NONE))
                .filter(name -> !hash(name).equals(wanted.hash(name)))
                .toList();
    }

    /** Whether each is as in the one or as in the other. */
    boolean isBetween(Listing one, Listing other) {
        return names().stream()
                .allMatch(name ->
                        hash(name).equals(one.hash(name)) || hash(name).equals(other.hash(name)));
    }
}
