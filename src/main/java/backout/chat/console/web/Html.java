package backout.chat.console.web;

import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A piece of a page, said in the reader's language when it is written out. There is no way to put
 * markup into it but by building it: texts and values are escaped when they are written out, {@link
 * Elements} says what can be built.
 */
final class Html {
    /** Noncharacters of Unicode: no text that people read has them. */
    private static final char FIRST_PART = '\uFDD0';

    private sealed interface Piece {
        /** Where {@link #part} stands in it, the part goes. */
        record Text(Function<Language, String> says, List<Html> parts) implements Piece {}

        record Lines(Phrase text) implements Piece {}

        record Element(Html html) implements Piece {}
    }

    private final String tag;
    private final Map<String, Function<Language, String>> attributes = new LinkedHashMap<>();
    private final List<Piece> pieces = new ArrayList<>();

    private Html(String tag) {
        this.tag = tag;
    }

    /**
     * @param tag such as {@code p}
     */
    static Html of(String tag) {
        Elements.check(tag);
        return new Html(tag);
    }

    /** An element with this text in it, the same in every language. */
    static Html of(String tag, String text) {
        return of(tag).text(text);
    }

    /** An element that says this. */
    static Html of(String tag, Phrase text) {
        return of(tag).text(text);
    }

    /** Several pieces that stand side by side. */
    static Html all(Collection<Html> pieces) {
        return new Html("").add(pieces);
    }

    static Html nothing() {
        return new Html("");
    }

    /** Keeps the value as it is: what a form carries must come back unchanged. */
    Html with(String name, String value) {
        Elements.check(name, value);
        attributes.put(name, _ -> value);
        return this;
    }

    /** An attribute that people are told. */
    Html with(String name, Phrase value) {
        var _ = with(name, "");
        if (Elements.isAddress(name)) {
            throw new IllegalArgumentException("no address of this host: " + value);
        }
        attributes.put(name, language -> language.say(value));
        return this;
    }

    /** Says which language it is in. */
    Html lang() {
        attributes.put("lang", Html::spoken);
        return this;
    }

    private static String spoken(Language language) {
        return Language.KNOWN.stream()
                .map(Locale::getLanguage)
                .filter(language.locale().getLanguage()::equals)
                .findFirst()
                .orElse("en");
    }

    /** An attribute that is there or not. */
    Html flag(String name) {
        return with(name, "");
    }

    Html css(String classes) {
        return with("class", classes);
    }

    Html id(String id) {
        return with("id", id);
    }

    /**
     * One line, the same in every language: what could hide or turn text is made visible, line
     * breaks too.
     */
    Html text(String text) {
        return put(new Piece.Text(_ -> text, List.of()));
    }

    /** One line. */
    Html text(Phrase text) {
        return put(new Piece.Text(language -> language.say(text), List.of()));
    }

    /** One line that depends on who reads it: a time in their zone. */
    Html text(Function<Language, String> says) {
        return put(new Piece.Text(says, List.of()));
    }

    /** One line with elements in it; the first stands where {@code part(0)} is a value of it. */
    Html woven(Phrase text, Html... parts) {
        return put(new Piece.Text(language -> language.say(text), List.of(parts)));
    }

    static String part(int index) {
        return String.valueOf((char) (FIRST_PART + index));
    }

    /** Its lines stay lines. */
    Html lines(Phrase text) {
        return put(new Piece.Lines(text));
    }

    private Html put(Piece piece) {
        if (tag.equals("script")) {
            throw new IllegalArgumentException("a script comes from a file");
        }
        pieces.add(piece);
        return this;
    }

    Html add(Html... more) {
        return add(List.of(more));
    }

    Html add(Collection<Html> more) {
        more.forEach(html -> pieces.add(new Piece.Element(html)));
        return this;
    }

    /** In English. */
    @Override
    public String toString() {
        return in(Language.ENGLISH);
    }

    /** As it goes to the browser of who reads this language. */
    String in(Language language) {
        var page = new StringBuilder();
        write(page, language, false);
        return page.toString();
    }

    private void write(StringBuilder page, Language language, boolean verbatim) {
        boolean keeps = verbatim || tag.equals("pre");
        if (!tag.isEmpty()) {
            page.append('<').append(tag);
            attributes.forEach((name, value) -> attribute(page, name, value.apply(language)));
            page.append('>');
        }
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Text(var says, List<Html> parts) ->
                        weave(page, language, says.apply(language), parts);
                case Piece.Lines(Phrase text) -> page.append(lines(language.say(text)));
                case Piece.Element(Html html) -> html.write(page, language, keeps);
            }
        }
        if (!tag.isEmpty() && !Elements.isVoid(tag)) {
            page.append("</").append(tag).append('>');
        }
        if (!verbatim && Elements.isBlock(tag)) {
            page.append('\n');
        }
    }

    private static void weave(
            StringBuilder page, Language language, String text, List<Html> parts) {
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            int part = text.charAt(at) - FIRST_PART;
            if (part >= 0 && part < parts.size()) {
                page.append(escaped(Shown.line(text.substring(from, at))));
                parts.get(part).write(page, language, false);
                from = at + 1;
            }
        }
        page.append(escaped(Shown.line(text.substring(from))));
    }

    private static String lines(String text) {
        return text.lines()
                .map(line -> escaped(Shown.line(line)))
                .collect(Collectors.joining("<br>"));
    }

    private static void attribute(StringBuilder page, String name, String value) {
        page.append(' ').append(name);
        if (!value.isEmpty()) {
            page.append("=\"").append(escaped(value)).append('"');
        }
    }

    private static String escaped(String text) {
        var safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\r' -> safe.append("&#13;");
                default -> safe.append(letter);
            }
        }
        return safe.toString();
    }
}
