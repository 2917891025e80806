package backout.config;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Shown;

import java.util.Collection;

/** Where to go from a word that is none of the known ones. */
final class Hint {
    private Hint() {}

    /** The nearest of them, where one is near enough, and {@code all} of them. */
    static Phrase nearest(String word, Collection<String> known, Phrase all) {
        return Nearest.to(word, known)
                .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", Shown.of(near), all))
                .orElse(all);
    }
}
