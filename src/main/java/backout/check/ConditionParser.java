package backout.check;

import backout.check.Condition.Form;
import backout.language.Phrase;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the condition of a check and sees that its two sides fit. */
final class ConditionParser {
    private final Sentence sentence;
    private final Subject subject;

    private ConditionParser(Sentence sentence, Subject subject) {
        this.sentence = sentence;
        this.subject = subject;
    }

    static Condition parse(Sentence sentence, Subject subject) {
        return new ConditionParser(sentence, subject).condition();
    }

    private Condition condition() {
        Sentence.Word place = sentence.take(Phrase.of("a field"), signs().toArray());
        Form form = form(place);
        String inner = place.text();
        inner = form == Form.VALUE ? inner : inner.substring(4, inner.length() - 1);
        int end = inner.indexOf(']') + 1;
        Field field = field(place, inner.substring(0, end));
        BodyPath path = path(place, field, inner.substring(end));
        if (form != Form.VALUE && field != Field.BODY) {
            throw sentence.wrong(
                    place, Phrase.of("is no place in a body"), Phrase.of("Use it with [BODY]"));
        }
        Operator operator = operator();
        Sentence.Word wanted = sentence.take(Phrase.of("a value"), example(field));
        if (!wanted.closed()) {
            throw sentence.wrong(
                    wanted,
                    Phrase.of("has no end"),
                    wanted.quoted() ? Phrase.of("Add a \"") : Phrase.of("Add a )"));
        }
        sentence.filled(wanted);
        var condition = new Condition(field, path, form, operator, WantedParser.parse(wanted));
        WantedParser.misfit(condition)
                .ifPresent(misfit -> {
                    throw sentence.wrong(wanted, misfit.what(), misfit.next());
                });
        return condition;
    }

    private List<String> signs() {
        return Field.signs(subject.fields());
    }

    private static Phrase example(Field field) {
        return field.kind().isText() ? Phrase.verbatim("healthy") : Quantity.example(field.kind());
    }

    private static Form form(Sentence.Word word) {
        if (!word.text().endsWith(")")) {
            return Form.VALUE;
        }
        return word.text().startsWith("len(")
                ? Form.LEN
                : word.text().startsWith("has(") ? Form.HAS : Form.VALUE;
    }

    private Field field(Sentence.Word place, String sign) {
        Field field =
                Field.of(sign)
                        .filter(subject.fields()::contains)
                        .orElseThrow(() -> {
                            String asked = sign.isEmpty() ? place.text() : sign;
                            return sentence.wrong(
                                    place,
                                    Phrase.of("cannot be seen of {0}", subject.word()),
                                    Sentence.oneOf(asked.toUpperCase(Locale.ROOT), signs()));
                        });
        return field;
    }

    private BodyPath path(Sentence.Word place, Field field, String rest) {
        Optional<BodyPath> path = BodyPath.parse(rest);
        if (path.isPresent() && (field == Field.BODY || path.get().isWhole())) {
            return path.get();
        }
        Optional<String> stuck = Operator.longestIn(rest);
        if (stuck.isPresent()) {
            throw sentence.wrong(
                    place,
                    Phrase.of("is one word"),
                    Phrase.of("Put spaces around {0}", stuck.get()));
        }
        Phrase next =
                field == Field.BODY
                        ? Phrase.of("Write a path such as [BODY].components.redis[0].status")
                        : Phrase.of("Write {0} alone", field.sign());
        throw sentence.wrong(place, Phrase.of("names no place"), next);
    }

    private Operator operator() {
        Sentence.Word sign = sentence.take(Phrase.of("an operator"), Operator.signs().toArray());
        return Operator.of(sign.text())
                .orElseThrow(() ->
                        sentence.wrong(
                                sign,
                                Phrase.of("is no operator"),
                                Phrase.of(
                                        "Write one of: {0}", String.join(" ", Operator.signs()))));
    }
}
