package backout.check;

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
                    "a check of %d characters, which begins with %s, is too long"
                            .formatted(text.length(), Shown.quoted(text)),
                    "Write at most " + MAX_LENGTH + " characters");
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
    Word take(String what, String... examples) {
        if (!hasMore()) {
            String all = String.join(", ", examples);
            throw problem(
                    Shown.quoted(text) + " ends where " + what + " is expected",
                    examples.length == 1 ? "Add it, such as " + all : "Add one of: " + all);
        }
        return words.get(next++);
    }

    void expect(String wanted) {
        Word word = take(wanted, wanted);
        if (!word.text().equals(wanted)) {
            throw wrong(word, "is not understood here", "Write " + wanted);
        }
    }

    /** Refuses a placeholder that nothing fills. */
    String filled(Word word) {
        for (String name : Placeholders.in(word.text())) {
            if (!placeholders.contains(name)) {
                List<String> known = placeholders.stream().map(one -> "{" + one + "}").toList();
                throw wrong(
                        word,
                        "holds {" + name + "}, which nothing fills",
                        oneOf("{" + name + "}", known));
            }
        }
        return word.text();
    }

    static String oneOf(String word, Collection<String> known) {
        String all = "Known: " + String.join(", ", known);
        return Nearest.to(word, known).map(best -> "Did you mean " + best + "? ").orElse("") + all;
    }

    ProblemException wrong(Word word, String what, String next) {
        String where = " at character " + word.at() + " of " + Shown.quoted(text) + " ";
        return problem(Shown.quoted(word.text()) + where + what, next);
    }

    static ProblemException problem(String what, String next) {
        return new ProblemException(Problem.of(what, next));
    }
}
