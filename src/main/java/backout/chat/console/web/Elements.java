package backout.chat.console.web;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a page may be made of. Scripts and styles cannot be written into it, addresses stay on this
 * host.
 */
final class Elements {
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

    private Elements() {}

    /**
     * @throws IllegalArgumentException when no page may have such an element
     */
    static void check(String tag) {
        if (!NAME.matcher(tag).matches() || tag.equals("style")) {
            throw new IllegalArgumentException("no element for a page: " + tag);
        }
    }

    /**
     * @throws IllegalArgumentException when no page may have such an attribute
     */
    static void check(String name, String value) {
        boolean runs = name.startsWith("on") || name.equals("style") || name.equals("srcdoc");
        if (!NAME.matcher(name).matches() || runs) {
            throw new IllegalArgumentException("no attribute for a page: " + name);
        }
        if (isAddress(name) && !staysHere(value)) {
            throw new IllegalArgumentException("no address of this host: " + value);
        }
    }

    /** Whether the value of such an attribute is an address. */
    static boolean isAddress(String name) {
        return ADDRESSES.contains(name);
    }

    private static boolean staysHere(String address) {
        return address.startsWith("#")
                || (address.startsWith("/")
                        && !address.startsWith("//")
                        && address.indexOf('\\') < 0);
    }

    /** It has no end tag, and nothing in it. */
    static boolean isVoid(String tag) {
        return VOID.contains(tag);
    }

    static boolean isBlock(String tag) {
        return BLOCKS.contains(tag);
    }
}
