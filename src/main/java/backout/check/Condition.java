package backout.check;

import backout.problem.Shown;

/**
 * What must hold of what is seen.
 *
 * @param path the place in the body; {@link BodyPath#WHOLE} for every other field
 */
public record Condition(Field field, BodyPath path, Form form, Operator operator, Wanted wanted) {

    /** What is taken of the field. */
    public enum Form {
        VALUE,
        /** The number of items, members or characters. */
        LEN,
        /** Whether it is there at all: true or false. */
        HAS
    }

    /** The kind of value that is compared. */
    Field.Kind kind() {
        return form == Form.LEN ? Field.Kind.NUMBER : field.kind();
    }

    /** Whether it asks which release runs: until the switch it is expected to say no. */
    boolean identifies() {
        return wanted.templates()
                .flatMap(template -> Placeholders.in(template).stream())
                .anyMatch(name -> name.equals("version") || name.equals("to"));
    }

    /** The left side: {@code len([BODY].data)}. */
    public String left() {
        String place = field.sign() + path.text();
        return switch (form) {
            case VALUE -> place;
            case LEN -> "len(" + place + ")";
            case HAS -> "has(" + place + ")";
        };
    }

    /** The right side as people read it beside what was seen: {@code 200}, {@code < 300ms}. */
    String right() {
        return operator == Operator.EQUAL
                ? Shown.value(wanted.toString())
                : operator.sign() + " " + Shown.value(wanted.toString());
    }

    @Override
    public String toString() {
        return left() + " " + operator.sign() + " " + wanted;
    }
}
