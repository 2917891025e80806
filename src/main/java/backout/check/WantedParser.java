package backout.check;

import backout.check.Wanted.Exactly;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the right side of a condition and sees that it fits the left one. */
final class WantedParser {
    private WantedParser() {}

    static Wanted parse(Sentence.Word word) {
        String text = word.text();
        if (word.quoted()) {
            return new Exactly(text);
        }
        if (text.startsWith("pat(") && text.endsWith(")")) {
            return new Wanted.Like(text.substring(4, text.length() - 1));
        }
        if (text.startsWith("any(") && text.endsWith(")")) {
            return new Wanted.AnyOf(choices(text.substring(4, text.length() - 1)));
        }
        return text.equals("baseline") ? new Wanted.Baseline() : new Exactly(text);
    }

    private static List<Exactly> choices(String inner) {
        return Stream.of(inner.split(",", -1))
                .map(String::strip)
                .map(one -> one.matches("\".*\"") ? one.substring(1, one.length() - 1) : one)
                .map(Exactly::new)
                .toList();
    }

    /** What does not fit, worded to follow the quoted right side. */
    static Optional<Problem> misfit(Condition condition) {
        boolean ranks = condition.operator().ranks();
        if (ranks && !isCounted(condition)) {
            return misfit(
                    Phrase.of("is nothing to rank text by"), Phrase.of("Compare it with == or !="));
        }
        return switch (condition.wanted()) {
            case Wanted.Like _ when ranks || !condition.kind().isText() ->
                    misfit(
                            Phrase.of("compares text"),
                            Phrase.of("Use it with == or != and a text field"));
            case Wanted.AnyOf _ when ranks ->
                    misfit(Phrase.of("is a choice"), Phrase.of("Use it with == or !="));
            case Wanted.Like _, Wanted.Baseline _ when condition.form() == Condition.Form.HAS ->
                    misfit(Phrase.of("is no answer to has()"), Phrase.of("Write true or false"));
            case Wanted.Like _, Wanted.Baseline _ -> Optional.empty();
            case Wanted.AnyOf(var choices) ->
                    choices.stream()
                            .flatMap(one -> misfit(condition, one.text()).stream())
                            .findFirst();
            case Exactly(var text) -> misfit(condition, text);
        };
    }

    private static boolean isCounted(Condition condition) {
        return !condition.kind().isText()
                || (condition.field() == Field.BODY && condition.form() == Condition.Form.VALUE);
    }

    private static Optional<Problem> misfit(Condition condition, String text) {
        if (condition.form() == Condition.Form.HAS) {
            return text.matches("true|false")
                    ? Optional.empty()
                    : misfit(Phrase.of("is no answer to has()"), Phrase.of("Write true or false"));
        }
        boolean number = !condition.kind().isText() || condition.operator().ranks();
        boolean fits =
                !number
                        || !Placeholders.in(text).isEmpty()
                        || Quantity.parse(condition.kind(), text).isPresent();
        return fits
                ? Optional.empty()
                : misfit(
                        Phrase.of("cannot be compared with {0}", condition.left()),
                        Phrase.of("Write {0}", Quantity.example(condition.kind())));
    }

    private static Optional<Problem> misfit(Phrase what, Phrase next) {
        return Optional.of(Problem.of(what, next));
    }
}
