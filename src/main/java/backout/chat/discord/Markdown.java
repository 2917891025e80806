package backout.chat.discord;

import java.util.regex.Pattern;

/**
 * Text of people as letters: no mention, link, emoji or format can come out of it. A backslash
 * before any sign makes it that sign: https://docs.discord.com/developers/reference
 */
final class Markdown {
    /** Whatever begins a format, a mention, a link with a label or a time stamp, anywhere. */
    private static final Pattern SIGNS = Pattern.compile("[\\\\*_~`|<>\\[\\]@#]");

    /** What begins a list only where a line begins. */
    private static final Pattern LIST = Pattern.compile("(?m)^(\\s*)([-+]|\\d{1,9}(?=[.)]))");

    private static final Pattern ADDRESS = Pattern.compile("(?i)([a-z][a-z0-9+.-]*):(?=//)");

    private Markdown() {}

    static String escaped(String text) {
        String signs = SIGNS.matcher(text).replaceAll("\\\\$0");
        String plain = ADDRESS.matcher(signs).replaceAll("$1\\\\:");
        return LIST.matcher(plain).replaceAll(found -> item(found.group(1), found.group(2)));
    }

    /** The number of an item stays, the point after it is no longer one of a list. */
    private static String item(String before, String mark) {
        boolean number = Character.isDigit(mark.charAt(0));
        return number ? before + mark + "\\\\" : before + "\\\\" + mark;
    }

    static String bold(String text) {
        return text.isBlank() ? "" : "**" + escaped(text.strip()) + "**";
    }

    /** Letters that are all as wide; nothing in them can end it. */
    static String code(String text) {
        return "```\n" + text.replace('`', 'ˋ') + "\n```";
    }
}
