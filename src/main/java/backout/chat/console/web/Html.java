package backout.chat.console.web;

import backout.chat.console.Visible;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of a page. There is no way to put markup into it but by building it: texts and values are
 * escaped when they are written out, scripts and styles cannot be built, addresses stay on this
 * host.
 */
final class Html {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Set<String> VOID = Set.of("input", "meta", "link", "br");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action");

    /** After these a line may end: the space between them is not shown. */
    private static final Set<String> BLOCKS =
            Set.of(
                    "html",
                    "head",
                    "body",
                    "title",
                    "meta",
                    "link",
                    "script",
                    "header",
                    "main",
                    "aside",
                    "section",
                    "article",
                    "nav",
                    "div",
                    "form",
                    "details",
                    "summary",
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "ul",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "pre",
                    "noscript",
                    "option",
                    "datalist",
                    "select");

    private sealed interface Piece {
        record Text(String text) implements Piece {}

        record Element(Html html) implements Piece {}
    }

    private final String tag;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Piece> pieces = new ArrayList<>();

    private Html(String tag) {
        this.tag = tag;
    }

    /**
     * @param tag such as {@code p}
     */
    static Html of(String tag) {
        if (!NAME.matcher(tag).matches() || tag.equals("style")) {
            throw new IllegalArgumentException("no element for a page: " + tag);
        }
        return new Html(tag);
    }

    /** An element with this text in it. */
    static Html of(String tag, String text) {
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
        boolean runs = name.startsWith("on") || name.equals("style") || name.equals("srcdoc");
        if (!NAME.matcher(name).matches() || runs) {
            throw new IllegalArgumentException("no attribute for a page: " + name);
        }
        if (ADDRESSES.contains(name) && !staysHere(value)) {
            throw new IllegalArgumentException("no address of this host: " + value);
        }
        attributes.put(name, value);
        return this;
    }

    private static boolean staysHere(String address) {
        return address.startsWith("#")
                || (address.startsWith("/")
                        && !address.startsWith("//")
                        && address.indexOf('\\') < 0);
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

    /** One line: what could hide or turn text is made visible, line breaks too. */
    Html text(String text) {
        if (tag.equals("script")) {
            throw new IllegalArgumentException("a script comes from a file");
        }
        pieces.add(new Piece.Text(Visible.line(text)));
        return this;
    }

    Html add(Html... more) {
        return add(List.of(more));
    }

    Html add(Collection<Html> more) {
        more.forEach(html -> pieces.add(new Piece.Element(html)));
        return this;
    }

    /** Whether nothing would be seen of it. */
    boolean isEmpty() {
        return tag.isEmpty()
                && pieces.stream()
                        .allMatch(piece ->
                                piece instanceof Piece.Element(Html html) && html.isEmpty());
    }

    /** As it goes to the browser. */
    @Override
    public String toString() {
        var page = new StringBuilder();
        write(page, false);
        return page.toString();
    }

    private void write(StringBuilder page, boolean verbatim) {
        boolean keeps = verbatim || tag.equals("pre");
        if (!tag.isEmpty()) {
            page.append('<').append(tag);
            attributes.forEach((name, value) -> attribute(page, name, value));
            page.append('>');
        }
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Text(String text) -> page.append(escaped(text));
                case Piece.Element(Html html) -> html.write(page, keeps);
            }
        }
        if (!tag.isEmpty() && !VOID.contains(tag)) {
            page.append("</").append(tag).append('>');
        }
        if (!verbatim && BLOCKS.contains(tag)) {
            page.append('\n');
        }
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
