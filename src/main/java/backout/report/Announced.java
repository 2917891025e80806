package backout.report;

import java.util.List;

/**
 * A channel and what is announced there.
 *
 * @param channel the chat's own id
 */
public record Announced(String channel, Wants wants) {
    /**
     * Reads {@code C0123}, {@code C0123 outcome, lock}, {@code C0123 of compose/relay}, {@code
     * C0123 outcome of compose/relay, compose/shop}.
     *
     * @throws backout.problem.ProblemException when a word of it is none of {@link Happening}
     */
    public static Announced of(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        String rest = parts.length == 1 ? "" : " " + parts[1];
        int of = rest.indexOf(" of ");
        List<String> words = words(of < 0 ? rest : rest.substring(0, of));
        List<String> targets = of < 0 ? List.of() : words(rest.substring(of + " of ".length()));
        return new Announced(
                parts[0], Wants.of(words.isEmpty() ? Happening.words() : words, targets));
    }

    /** The same of each. */
    public static List<Announced> all(List<String> texts) {
        return texts.stream().map(Announced::of).toList();
    }

    /** Their channels, each once. */
    public static List<String> channels(List<String> texts) {
        return all(texts).stream().map(Announced::channel).distinct().toList();
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s*,\\s*|\\s+"));
    }
}
