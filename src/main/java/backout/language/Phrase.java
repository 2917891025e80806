package backout.language;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

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
    public static Phrase of(String template, @Nullable Object... values) {
        return new Phrase(template, Arrays.stream(values).<Object>map(Phrase::told).toList());
    }

    /** Outside libraries have exceptions without a message. */
    private static Object told(@Nullable Object value) {
        return value == null ? "null" : value;
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
        return text.isEmpty() ? NONE : new Phrase("{0}", List.of(text));
    }

    /** One after the other, with what stands between the items of a list in that language. */
    public static Phrase list(Collection<?> items) {
        return new Phrase("{0}", List.of(items));
    }

    /** One after the other, with this literal between them: {@code "; "}. */
    public static Phrase joined(String between, List<Phrase> phrases) {
        return phrases.stream()
                .reduce((left, right) -> new Phrase("{0}" + between + "{1}", List.of(left, right)))
                .orElse(NONE);
    }

    /** The same with each of its texts changed, where a value is longer than people read. */
    public Phrase map(UnaryOperator<String> change) {
        return new Phrase(
                change.apply(template),
                values.stream().map(value -> mapped(value, change)).toList());
    }

    private static Object mapped(Object value, UnaryOperator<String> change) {
        return switch (value) {
            case String text -> change.apply(text);
            case Phrase phrase -> phrase.map(change);
            case List<?> list -> list.stream().map(one -> mapped(one, change)).toList();
            default -> value;
        };
    }

    /** Whether no catalogue has a word for it: {@link #verbatim}. */
    public boolean isVerbatim() {
        return template.equals("{0}") && values.size() == 1 && values.getFirst() instanceof String;
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
