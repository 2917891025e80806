package backout.check;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The right side of a condition. */
public sealed interface Wanted {
    /** A word, a number with its unit, or a quoted text. */
    record Exactly(String text) implements Wanted {
        @Override
        public String toString() {
            boolean plain =
                    !text.isEmpty()
                            && !text.equals("baseline")
                            && text.chars().noneMatch(Exactly::needsQuotes);
            return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        private static boolean needsQuotes(int c) {
            return c <= ' ' || Character.isWhitespace(c) || "\"()\\".indexOf(c) >= 0;
        }
    }

    /** {@code pat(…)}: {@code *} is any text, {@code \*} a star. */
    record Like(String pattern) implements Wanted {
        boolean matches(String text) {
            return Glob.matches(pattern, text);
        }

        @Override
        public String toString() {
            return "pat(" + pattern + ")";
        }
    }

    /** {@code any(a, b)}: one of these words. */
    record AnyOf(List<Exactly> choices) implements Wanted {
        public AnyOf {
            choices = List.copyOf(choices);
        }

        @Override
        public String toString() {
            return choices.stream()
                    .map(Exactly::toString)
                    .collect(Collectors.joining(", ", "any(", ")"));
        }
    }

    /** {@code baseline}: what was seen before the rollback. */
    record Baseline() implements Wanted {
        @Override
        public String toString() {
            return "baseline";
        }
    }

    /** The texts in it that may hold placeholders. */
    default Stream<String> templates() {
        return switch (this) {
            case Exactly(var text) -> Stream.of(text);
            case Like(var pattern) -> Stream.of(pattern);
            case AnyOf(var choices) -> choices.stream().map(Exactly::text);
            case Baseline _ -> Stream.empty();
        };
    }
}
