package backout.check;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The words of one check, taken one after the other, and the wording of what is wrong with one. */
final class Sentence {
    private static final int MAX_LENGTH = 1000;

    private final String text;
    private final Set<String> placeholders;
    private final List<Word> words;
    private int next;

    Sentence(String text, Set<String> placeholders) {
        if (text.length() > MAX_LENGTH) {
            throw problem(
                    Phrase.of(
                            "a check of {0} characters, which begins with {1}, is too long",
                            text.length(), Shown.quoted(text)),
                    Phrase.of("Write at most {0} characters", MAX_LENGTH));
        }
        this.text = text.strip();
        this.placeholders = new TreeSet<>(placeholders);
        this.words = Word.of(this.text);
    }

    String text() {
        return text;
    }

    boolean hasMore() {
        return next < words.size();
    }

    /** The next word, which stays where it is. */
    Optional<Word> peek() {
        return hasMore() ? Optional.of(words.get(next)) : Optional.empty();
    }

    /**
     * The next word; it is a problem if there is none.
     *
     * @param what is expected, with its article
     */
    Word take(Phrase what, Object... examples) {
        if (!hasMore()) {
            Phrase all = Phrase.list(List.of(examples));
            throw problem(
                    Phrase.of("{0} ends where {1} is expected", Shown.quoted(text), what),
                    examples.length == 1
                            ? Phrase.of("Add it, such as {0}", all)
                            : Phrase.of("Add one of: {0}", all));
        }
        return words.get(next++);
    }

    void expect(String wanted) {
        Word word = take(Phrase.verbatim(wanted), wanted);
        if (!word.text().equals(wanted)) {
            throw wrong(word, Phrase.of("is not understood here"), Phrase.of("Write {0}", wanted));
        }
    }

    /** Refuses a placeholder that nothing fills. */
    String filled(Word word) {
        for (String name : Placeholders.in(word.text())) {
            if (!placeholders.contains(name)) {
                List<String> known = placeholders.stream().map(one -> "{" + one + "}").toList();
                throw wrong(
                        word,
                        Phrase.of("holds {{0}}, which nothing fills", name),
                        oneOf("{" + name + "}", known));
            }
        }
        return word.text();
    }

    static Phrase oneOf(String word, Collection<String> known) {
        Phrase all = Phrase.of("Known: {0}", known);
        return Nearest.to(word, known)
                .map(best -> Phrase.of("Did you mean {0}? {1}", best, all))
                .orElse(all);
    }

    ProblemException wrong(Word word, Phrase what, Phrase next) {
        return problem(
                Phrase.of(
                        "{0} at character {1} of {2} {3}",
                        Shown.quoted(word.text()), word.at(), Shown.quoted(text), what),
                next);
    }

    static ProblemException problem(Phrase what, Phrase next) {
        return new ProblemException(Problem.of(what, next));
    }
}
