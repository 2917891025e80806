package backout.check;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
        return Problem.stop(what, next);
    }

    /**
     * A word of a check's text.
     *
     * @param at the number of its first character, from 1
     * @param quoted whether it stood in quotes, which it no longer holds
     * @param closed whether its quote or parenthesis ends
     */
    record Word(String text, int at, boolean quoted, boolean closed) {

        /** Splits at white space outside of quotes and parentheses. */
        static List<Word> of(String text) {
            var words = new ArrayList<Word>();
            int at = 0;
            while (at < text.length()) {
                if (isSpace(text.charAt(at))) {
                    at++;
                } else {
                    int end = text.charAt(at) == '"' ? endOfQuote(text, at) : endOfWord(text, at);
                    words.add(word(text, at, end));
                    at = end;
                }
            }
            return words;
        }

        /**
         * The text with its placeholders filled. A value stays the value that it is: one that would
         * be read as something else goes into quotes, and within a pattern it is no pattern.
         */
        static String fill(String text, Map<String, String> values) {
            var filled = new StringBuilder();
            int at = 0;
            while (at < text.length()) {
                int end = at + 1;
                if (!isSpace(text.charAt(at))) {
                    end = text.charAt(at) == '"' ? endOfQuote(text, at) : endOfWord(text, at);
                }
                filled.append(filled(text.substring(at, end), values));
                at = end;
            }
            return filled.toString();
        }

        private static String filled(String raw, Map<String, String> values) {
            if (Placeholders.in(raw).stream().noneMatch(values::containsKey)) {
                return raw;
            }
            if (raw.startsWith("pat(")) {
                return Placeholders.fill(
                        raw, values, value -> value.replaceAll("[*()\\\\]", "\\\\$0"));
            }
            return raw.startsWith("any(")
                    ? Placeholders.fill(raw, values)
                    : new Wanted.Exactly(
                                    Placeholders.fill(word(raw, 0, raw.length()).text(), values))
                            .toString();
        }

        private static boolean isSpace(char c) {
            return c <= ' ';
        }

        private static int endOfWord(String text, int start) {
            int depth = 0;
            int at = start;
            while (at < text.length() && (depth > 0 || !isSpace(text.charAt(at)))) {
                if (depth > 0 && text.charAt(at) == '\\') {
                    at += 2;
                    continue;
                }
                depth += text.charAt(at) == '(' ? 1 : 0;
                depth -= text.charAt(at) == ')' && depth > 0 ? 1 : 0;
                at++;
            }
            return Math.min(at, text.length());
        }

        private static int endOfQuote(String text, int start) {
            int at = start + 1;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, text.length());
        }

        private static Word word(String text, int start, int end) {
            String raw = text.substring(start, end);
            int at = text.codePointCount(0, start) + 1;
            if (!raw.startsWith("\"")) {
                String plain = raw.replaceAll("(?s)\\\\.", "");
                long open = plain.chars().filter(c -> c == '(').count();
                return new Word(
                        raw, at, false, open <= plain.chars().filter(c -> c == ')').count());
            }
            boolean closed = raw.matches("(?s)\"(?:[^\"\\\\]|\\\\.)*+\"");
            String inner = raw.substring(1, closed ? raw.length() - 1 : raw.length());
            return new Word(inner.replaceAll("(?s)\\\\(.)", "$1"), at, true, closed);
        }
    }
}
