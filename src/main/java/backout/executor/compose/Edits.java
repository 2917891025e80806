package backout.executor.compose;

import backout.executor.compose.traits.Trait;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What else than images the change of the files gives to services: their keys, never values. */
record Edits(TreeMap<String, List<Trait>> byService) {
    static Edits none() {
        return new Edits(new TreeMap<>());
    }

    /** From what the files say to what they will say. */
    static Edits between(Model before, Model after) {
        var edits = none();
        for (String service : after.services()) {
            List<Trait> keys = before.traits(service).differing(after.traits(service));
            if (!keys.isEmpty()) {
                edits.byService.put(service, keys);
            }
        }
        return edits;
    }

    List<Trait> of(String service) {
        return byService.getOrDefault(service, List.of());
    }

    Set<String> services() {
        return byService.keySet();
    }

    /** As a step carries it: {@code web environment LOG_LEVEL}, a line each. */
    String lines() {
        var lines = new ArrayList<String>();
        byService.forEach((service, keys) ->
                keys.forEach(key ->
                        lines.add(service + " " + key.kind() + " " + OneLine.of(key.name()))));
        return String.join("\n", lines);
    }

    static Edits parse(String lines) {
        var edits = none();
        lines.lines()
                .map(line -> line.split(" ", 3))
                .forEach(words ->
                        edits.byService
                                .computeIfAbsent(words[0], _ -> new ArrayList<>())
                                .add(new Trait(words[1], OneLine.read(words[2]))));
        return edits;
    }
}
