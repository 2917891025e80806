package backout.language;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Something that people read, before it is put into their language. The English template is its key
 * in the catalogues, so a journal stays readable by itself, whatever becomes of the catalogues.
 *
 * @param template English; {@code {0}} stands for the first value. Without values nothing in it is
 *     replaced
 * @param values each a {@link String}, {@link Phrase}, {@link Duration}, {@link Instant} or a list
 *     of those
 */
public record Phrase(String template, List<Object> values) {
    public static final Phrase NONE = new Phrase("", List.of());

    public Phrase {
        requireNonNull(template, "template is null");
        values = values.stream().map(Phrase::value).toList();
    }

    private static Object value(Object given) {
        return switch (given) {
            case String text -> text;
            case Phrase phrase -> phrase;
            case Duration time -> time;
            case Instant moment -> moment;
            case Collection<?> list -> list.stream().map(Phrase::value).toList();
            default -> given.toString();
        };
    }

    /**
     * @param template a literal: the test of the catalogues reads it from the source
     */
    public static Phrase of(String template, Object... values) {
        return new Phrase(template, Arrays.asList(values));
    }

    /** {@code 1 vote}, {@code 2 votes}; the number is the first value of both literals. */
    public static Phrase count(long number, String one, String many, Object... others) {
        var values = new ArrayList<Object>();
        values.add(Long.toString(number));
        values.addAll(Arrays.asList(others));
        return new Phrase(number == 1 ? one : many, values);
    }

    /** What is the same in every language: names, addresses, what a person typed. */
    public static Phrase verbatim(String text) {
        return text.isEmpty() ? NONE : new Phrase(text, List.of());
    }

    /** One after the other, with what stands between the items of a list in that language. */
    public static Phrase list(Collection<?> items) {
        return new Phrase("{0}", List.of(items));
    }

    public boolean isEmpty() {
        return template.isEmpty();
    }

    /** In English. */
    @Override
    public String toString() {
        return Language.ENGLISH.say(this);
    }
}
