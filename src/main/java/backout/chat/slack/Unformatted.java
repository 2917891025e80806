package backout.chat.slack;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed, without what Slack made of it: mentions, links and escapes become letters
 * again.
 */
final class Unformatted {
    /** {@code <@U1|anna>}, {@code <#C1|ops>}, {@code <!here>}, {@code <https://…|label>}. */
    private static final Pattern MARKUP = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");

    private final Function<String, String> nameOfUser;

    /**
     * @param nameOfUser what a person is called here, by the user id in Slack
     */
    Unformatted(Function<String, String> nameOfUser) {
        this.nameOfUser = nameOfUser;
    }

    String text(String typed) {
        String plain =
                MARKUP.matcher(typed).replaceAll(found -> Matcher.quoteReplacement(plain(found)));
        return plain.replace('\u00A0', ' ')
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private String plain(java.util.regex.MatchResult found) {
        String what = found.group(1);
        String label = found.group(2) == null ? "" : found.group(2);
        if (what.startsWith("@")) {
            return "@" + (label.isEmpty() ? nameOfUser.apply(what.substring(1)) : label);
        }
        if (what.startsWith("#")) {
            return "#" + (label.isEmpty() ? what.substring(1) : label);
        }
        if (what.startsWith("!")) {
            return label.isEmpty() ? "@" + what.substring(1) : label;
        }
        return what.startsWith("mailto:") ? what.substring("mailto:".length()) : what;
    }
}
