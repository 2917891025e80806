package backout.executor.compose;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a backup that are left out, each with the reason. The files of the project never
 * are.
 */
record Unsaved(Map<String, Phrase> why) {
    static final String DATA = "data";
    static final String REDIS = "redis";

    /** The word of a command that leaves both out. */
    static final String WORD = "without-data-backup";

    private static final String KEY = "unsaved";

    Unsaved {
        why = new LinkedHashMap<>(why);
    }

    static Unsaved nothing() {
        return new Unsaved(Map.of());
    }

    static boolean isWished(Invocation wanted) {
        return wanted.has(WORD);
    }

    /** As a step carries it; without the reasons. */
    static Unsaved of(Step step) {
        var parts = new LinkedHashMap<String, Phrase>();
        step.with().getOrDefault(KEY, "").lines().forEach(part -> parts.put(part, Phrase.NONE));
        return new Unsaved(parts);
    }

    Map<String, String> with() {
        return why.isEmpty() ? Map.of() : Map.of(KEY, String.join("\n", why.keySet()));
    }

    Set<String> parts() {
        return why.keySet();
    }

    /** What people are told of it. */
    List<Phrase> says() {
        return why.entrySet().stream()
                .map(one ->
                        one.getKey().equals(REDIS)
                                ? Phrase.of("Redis is not backed up: {0}", one.getValue())
                                : Phrase.of("the data is not backed up: {0}", one.getValue()))
                .toList();
    }
}
