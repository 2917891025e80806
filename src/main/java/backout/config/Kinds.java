package backout.config;

import backout.language.Phrase;

import java.util.Set;

/** What is told about a kind of targets that no executor is there for. */
final class Kinds {
    private Kinds() {}

    static Phrase advice(String kind, Set<String> kinds) {
        Phrase all = Phrase.of("Kinds are: {0}", kinds.stream().sorted().toList());
        return Hint.nearest(kind, kinds, all);
    }
}
