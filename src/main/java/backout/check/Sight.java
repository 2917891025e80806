package backout.check;

import backout.language.Phrase;
import backout.problem.Shown;

import java.math.BigDecimal;
import java.util.Optional;

/** The one value of a reading that a condition is about. */
sealed interface Sight {
    record Text(String text) implements Sight {}

    /** A number, and its text as it is shown, with its unit. */
    record Amount(BigDecimal value, String text) implements Sight {}

    /** Looked at, and not there or not such a thing. */
    record Missing(Phrase seen) implements Sight {}

    /** Not looked at. */
    record Blind(Phrase why) implements Sight {}

    static Sight of(Condition condition, Reading reading) {
        return switch (reading) {
            case Reading.Answered answered -> of(condition, answered);
            case Reading.Facts facts -> of(condition, facts);
            case Reading.NoAnswer(var seen) -> new Missing(seen.map(Shown::value));
            case Reading.NotSeen(var problem) -> new Blind(problem.phrase());
        };
    }

    /** As a number where it is one, be it in quotes. */
    default Optional<BigDecimal> number() {
        return switch (this) {
            case Amount(var value, _) -> Optional.of(value);
            case Text(var text) -> Quantity.parse(Field.Kind.NUMBER, text);
            case Missing _, Blind _ -> Optional.empty();
        };
    }

    private static Sight of(Condition condition, Reading.Answered answered) {
        return switch (condition.field()) {
            case STATUS -> number(Field.STATUS, BigDecimal.valueOf(answered.status()));
            case RESPONSE_TIME ->
                    number(
                            Field.RESPONSE_TIME,
                            BigDecimal.valueOf(answered.responseTime().toNanos(), 6));
            case BODY -> body(condition, answered);
            case STATE, HEALTH, IMAGE, RESTARTS, MEMORY, CPU, KEYS, FREE ->
                    notMeasured(condition.field());
        };
    }

    private static Sight of(Condition condition, Reading.Facts facts) {
        Field field = condition.field();
        String text = facts.texts().get(field);
        BigDecimal number = facts.numbers().get(field);
        if (text != null) {
            return new Text(text);
        }
        return number != null ? number(field, number) : notMeasured(field);
    }

    private static Sight number(Field field, BigDecimal value) {
        return new Amount(value, Quantity.shown(field.kind(), value));
    }

    private static Sight notMeasured(Field field) {
        return new Blind(Phrase.of("{0} was not measured", field.sign()));
    }

    private static Sight body(Condition condition, Reading.Answered answered) {
        if (answered.cut()) {
            return new Blind(Phrase.of("the body is longer than what is read of it"));
        }
        if (condition.path().isWhole() && condition.form() == Condition.Form.VALUE) {
            return new Text(answered.body().strip());
        }
        try {
            return place(condition, JsonReader.read(answered.body()));
        } catch (NotJson unreadable) {
            return unreadable.isOurLimit()
                    ? new Blind(Phrase.of("the body was not read: {0}", unreadable.why()))
                    : new Missing(
                            Phrase.of(
                                    "not JSON ({0}) with {1}",
                                    unreadable.why(), answered.status()));
        }
    }

    private static Sight place(Condition condition, Json body) {
        Optional<Json> there = condition.path().in(body);
        return switch (condition.form()) {
            case HAS -> new Text(Boolean.toString(there.isPresent()));
            case LEN -> there.map(Sight::length).orElseGet(() -> absent(condition));
            case VALUE -> there.map(Sight::value).orElseGet(() -> absent(condition));
        };
    }

    private static Sight absent(Condition condition) {
        return new Missing(Phrase.of("no {0} in the body", condition.path().text()));
    }

    private static Sight value(Json json) {
        return switch (json) {
            case Json.Str(var text) -> new Text(text);
            case Json.Num(var value, var text) -> new Amount(value, Shown.value(text));
            case Json.Bool(var value) -> new Text(Boolean.toString(value));
            case Json.Null _ -> new Text("null");
            case Json.Obj _ -> new Missing(Phrase.of("an object"));
            case Json.Arr _ -> new Missing(Phrase.of("a list"));
        };
    }

    private static Sight length(Json json) {
        return switch (json) {
            case Json.Str(var text) -> length(text.codePointCount(0, text.length()));
            case Json.Obj(var members) -> length(members.size());
            case Json.Arr(var items) -> length(items.size());
            case Json.Num _, Json.Bool _, Json.Null _ ->
                    new Missing(Phrase.of("a value without length"));
        };
    }

    private static Sight length(int length) {
        return new Amount(BigDecimal.valueOf(length), Integer.toString(length));
    }
}
