package backout.check;

import backout.language.Phrase;
import backout.problem.Sha256;
import backout.problem.Shown;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

import java.math.BigDecimal;
import java.util.Optional;

/** The one value of a reading that a condition is about. */
sealed interface Sight {
    int MAX_DIGITS = 1000;

    /** Numbers are multiplied and written out in full. */
    int MAX_SCALE = 1000;

    /** A journal is kept for long. */
    int MAX_KEPT = 200;

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
            case Reading.Remembered(var value) -> remembered(condition, value);
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

    /** What of it is kept, to be compared with later: a long text as its hash. */
    default Optional<String> kept() {
        return switch (this) {
            case Text(var text) when text.length() <= MAX_KEPT -> Optional.of(text);
            case Text(var text) -> Optional.of("sha256:" + Sha256.of(text));
            case Amount(var value, _) -> Optional.of(value.toString());
            case Missing _, Blind _ -> Optional.empty();
        };
    }

    private static Sight remembered(Condition condition, String value) {
        return condition.kind().isText()
                ? new Text(value)
                : number(condition.kind(), new BigDecimal(value));
    }

    private static Sight of(Condition condition, Reading.Answered answered) {
        return switch (condition.field()) {
            case STATUS -> number(Field.STATUS, BigDecimal.valueOf(answered.status()));
            case RESPONSE_TIME ->
                    number(
                            Field.RESPONSE_TIME,
                            BigDecimal.valueOf(answered.responseTime().toNanos(), 6));
            case BODY -> body(condition, answered);
            case STATE,
                    HEALTH,
                    IMAGE,
                    COMMIT,
                    RESTARTS,
                    MEMORY,
                    CPU,
                    KEYS,
                    FREE,
                    AGREE,
                    TTL,
                    KEPT ->
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
        return number(field.kind(), value);
    }

    private static Sight number(Field.Kind kind, BigDecimal value) {
        return new Amount(value, Quantity.shown(kind, value));
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
            return place(condition, Body.read(answered.body()));
        } catch (JacksonException unread) {
            Phrase why = Body.why(answered.body(), unread);
            return Body.isOurLimit(unread)
                    ? notRead(why)
                    : new Missing(Phrase.of("not JSON ({0}) with {1}", why, answered.status()));
        }
    }

    private static Sight notRead(Phrase why) {
        return new Blind(Phrase.of("the body was not read: {0}", why));
    }

    private static Sight place(Condition condition, JsonNode body) {
        Optional<JsonNode> there = condition.path().in(body);
        return switch (condition.form()) {
            case HAS -> new Text(Boolean.toString(there.isPresent()));
            case LEN -> there.map(Sight::length).orElseGet(() -> absent(condition));
            case VALUE -> there.map(Sight::value).orElseGet(() -> absent(condition));
        };
    }

    private static Sight absent(Condition condition) {
        return new Missing(Phrase.of("no {0} in the body", condition.path().text()));
    }

    private static Sight value(JsonNode json) {
        return switch (json) {
            case ObjectNode _ -> new Missing(Phrase.of("an object"));
            case ArrayNode _ -> new Missing(Phrase.of("a list"));
            case NullNode _ -> new Text("null");
            case POJONode number -> number(String.valueOf(number.getPojo()));
            default -> new Text(json.asString());
        };
    }

    private static Sight number(String digits) {
        if (digits.length() > MAX_DIGITS) {
            return notRead(Phrase.of("it holds a number of more than {0} digits", MAX_DIGITS));
        }
        try {
            var number = new BigDecimal(digits);
            if (Math.abs((long) number.scale()) <= MAX_SCALE) {
                return new Amount(number, Shown.value(digits));
            }
        } catch (NumberFormatException _) {
            // as one that is read and cannot be calculated with
        }
        return notRead(Phrase.of("it holds a number out of range"));
    }

    private static Sight length(JsonNode json) {
        if (json.isString()) {
            return length(json.stringValue().codePointCount(0, json.stringValue().length()));
        }
        return json.isContainer()
                ? length(json.size())
                : new Missing(Phrase.of("a value without length"));
    }

    private static Sight length(int length) {
        return new Amount(BigDecimal.valueOf(length), Integer.toString(length));
    }
}
