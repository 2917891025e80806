package backout.config;

import backout.plan.Setting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a value is written, by the form of its key: the loader goes by these patterns and so do the
 * schemas that editors read. Java and ECMAScript must read them alike: no classes such as {@code
 * \s}, which the two fill with other characters.
 */
final class Shape {
    private static final String CONTROL = "\\u0000-\\u001F\\u007F-\\u009F";
    private static final String BLANK = "\\u0000-\\u0020\\u007F-\\u009F";
    private static final String LINE = "[^" + CONTROL + "]+";
    private static final String DURATION =
            "(?:[0-9]{1,9} ?ms|[0-9]{1,9}(?:\\.[0-9]{1,3})? ?[smhd])";
    private static final String SIZE =
            "(?:[0-9]{1,9}(?:\\.[0-9]{1,3})? ?(?:B|kB|KB|MB|GB|KiB|MiB|GiB)"
                    + "|[0-9]{1,6}(?:\\.[0-9]{1,3})? ?(?:TB|TiB))";
    private static final String PORT =
            "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    /** Whether the address in brackets is one is seen when it is read. */
    private static final String IPV6 = "\\[[0-9A-Fa-f:.]{2,45}\\]";

    /** As {@link java.net.URI} wants it: RFC 2396, the last label begins with a letter. */
    private static final String NAMED_HOST =
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?";

    /** As Slack makes them. */
    static final String CHANNEL = "[A-Z][A-Z0-9]{1,31}|[0-9]{15,20}";

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = "(?:" + OCTET + "\\.){3}" + OCTET;
    private static final String URL_TAIL =
            "(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
                    + "(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?";

    private static final String ORIGIN =
            "https?://(?:" + NAMED_HOST + "|" + IPV4 + "|" + IPV6 + ")(?::" + PORT + ")?";

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Shape() {}

    /** The pattern of one value; of a list or of named secrets, of each in it. */
    static String of(Setting setting) {
        return switch (setting.form()) {
            case TEXT, TEXTS, COMMANDS -> LINE;
            case WORD -> "[a-z][a-z0-9-]{0,31}";
            case CHOICE, CHANNELS -> anyOf(setting.choices());
            case DURATION -> DURATION;
            case WAIT -> "(?=[0-9.]*[1-9])" + DURATION;
            case AUTOMATIC -> "off|propose|countdown (?=[0-9.]*[1-9])" + DURATION;
            case SIZE -> SIZE;
            case NUMBER -> "[0-9]{1,9}";
            case FLAG -> "yes|no|true|false";
            case ADDRESS -> "(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|" + IPV6 + "):" + PORT;
            case HOST -> "local|ssh:[A-Za-z0-9][A-Za-z0-9._-]*";
            case ENGINE -> "unix:///[^" + BLANK + "]+|tcp://[^/@" + BLANK + "]+:[0-9]{1,5}";
            case URL -> ORIGIN + URL_TAIL;
            case PLACE ->
                    "GET (?:\\{url\\}|"
                            + ORIGIN
                            + ")"
                            + URL_TAIL
                            + " \\[BODY\\](?:\\.[A-Za-z0-9_-]+|\\[[0-9]{1,6}\\])*";
            case SECRET, SECRETS ->
                    "env:[A-Za-z_][A-Za-z0-9_]*|file:[^" + BLANK + "][^" + CONTROL + "]*";
        };
    }

    static boolean fits(Setting setting, String text) {
        return COMPILED.computeIfAbsent(of(setting), Pattern::compile).matcher(text).matches();
    }

    /** How the READMEs call it. */
    static String shown(Setting setting) {
        return switch (setting.form()) {
            case CHOICE -> String.join(", ", setting.choices());
            case TEXTS -> "list of texts";
            case COMMANDS -> "list of argument lists";
            case WORD -> "lower-case word";
            case DURATION -> "time with its unit";
            case WAIT -> "time with its unit, above 0";
            case AUTOMATIC -> "off, propose, `countdown TIME`";
            case SIZE -> "size with its unit";
            case NUMBER -> "whole number";
            case FLAG -> "yes, no";
            case SECRET -> "`env:NAME` or `file:PATH`";
            case CHANNELS ->
                    setting.choices().stream()
                                    .map(choice -> "`ID: " + choice + "`")
                                    .collect(Collectors.joining(" or "))
                            + " each";
            case SECRETS -> "`name: env:NAME` or `name: file:PATH` each";
            case ADDRESS -> "`HOST:PORT` or `[IPv6]:PORT`";
            case HOST -> "`local` or `ssh:NAME`";
            case ENGINE -> "`unix:///PATH` or `tcp://HOST:PORT`";
            case URL -> "http(s) address";
            case PLACE -> "place in an answer";
            case TEXT -> setting.form().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String anyOf(List<String> choices) {
        return choices.stream().map(Shape::literally).collect(Collectors.joining("|"));
    }

    /** {@link Pattern#quote} means something else to ECMAScript. */
    static String literally(String text) {
        return text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0");
    }
}
