package backout.executor.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that are known by their form, whatever stands before them: headers, tokens of the usual
 * makers, passwords in addresses, private keys. Each look goes over a text once, however it is
 * made: what a hostile service prints costs no more than what it is long.
 */
final class SecretShapes {
    private static final String HIDDEN = "***";

    /** A header that is a secret as a whole; without quotes it lasts to the end of the line. */
    private static final Pattern HEADER =
            Pattern.compile(
                    "(?i)((?:authorization|cookie|x-auth-token)[\\\\\"']{0,4}\\s{0,8}(?:[:=]|=>)\\s{0,8})"
                        + "(\"[^\"\\r\\n]*+\"?|'[^'\\r\\n]*+'?|[^\\s\"'][^\\r\\n]*+)");

    /** A scheme of a header that stands alone; a word of letters only is rather prose. */
    private static final Pattern SCHEME =
            Pattern.compile(
                    "(?i)\\b(token|apikey|bearer|basic)\\s{1,8}(?=[A-Za-z]{0,200}[0-9+/_.~=-])[\\w+/.~=-]{16,}+");

    /** Possessive and taken as a whole: nothing is looked at twice. */
    private static final Pattern WORD = Pattern.compile("[\\w+/=.~%-]{16,}+");

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<![A-Za-z0-9])(?:(?:AKIA|ASIA)[0-9A-Z]{16}"
                        + "|[sr]k[_-](?:live|test|proj|ant|or|svcacct)[_-]|sk-[A-Za-z0-9]{20}|whsec_"
                        + "|gh[opusr]_[A-Za-z0-9]{16}|github_pat_"
                        + "|xox[a-z][.-]|xapp-|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-"
                        + "|(?:npm|hf)_[A-Za-z0-9]{30}|AIza[\\w-]{30}|ya29\\.[\\w-]{16}|dop_v1_"
                        + "|shp(?:at|ca|pa|ss)_|SG\\.[\\w-]{16}|AGE-SECRET-KEY-|pypi-AgE)");

    private static final Pattern ADDRESS = Pattern.compile("\\S{8,}+");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}+(?:[/?#]|\\z)");
    private static final Pattern KEY_BEGINS =
            Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
    private static final Pattern KEY_ENDS =
            Pattern.compile("-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----");
    private static final Pattern KEY_LINE = Pattern.compile("\\s*+[A-Za-z0-9+/=]++\\s*+");

    private SecretShapes() {}

    /** One line or a text of several, without what looks like a secret. */
    static String hidden(String text) {
        String clean = HEADER.matcher(keys(text)).replaceAll("$1***");
        clean = SCHEME.matcher(clean).replaceAll("$1 ***");
        clean = ADDRESS.matcher(clean).replaceAll(word -> quoted(address(word.group())));
        return WORD.matcher(clean).replaceAll(word -> quoted(token(word.group())));
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    /** Private keys within one text, also one whose line breaks are escaped. */
    private static String keys(String text) {
        var begins = KEY_BEGINS.matcher(text);
        var ends = KEY_ENDS.matcher(text);
        var clean = new StringBuilder();
        int at = 0;
        while (begins.find(at)) {
            clean.append(text, at, begins.start()).append(HIDDEN);
            at = ends.find(begins.end()) ? ends.end() : text.length();
        }
        return clean.append(text, at, text.length()).toString();
    }

    /** The password of an address may hold anything, so it lasts to the word's last @. */
    private static String address(String word) {
        int end = word.lastIndexOf('@');
        int from = word.indexOf("://");
        while (from >= 0 && from < end) {
            int begin = from + 3;
            int colon = begin;
            while (colon < end && ":/@".indexOf(word.charAt(colon)) < 0) {
                colon++;
            }
            if (word.charAt(colon) == ':' && !isPort(word, from, colon + 1, end)) {
                return word.substring(0, colon + 1) + HIDDEN + word.substring(end);
            }
            from = word.indexOf("://", begin);
        }
        return word;
    }

    /** {@code http://host:3000/users/a@b} holds no password. */
    private static boolean isPort(String word, int scheme, int begin, int end) {
        return (word.startsWith("http", Math.max(0, scheme - 5))
                        || word.startsWith("http", Math.max(0, scheme - 4))
                        || word.startsWith("ws", Math.max(0, scheme - 2))
                        || word.startsWith("ws", Math.max(0, scheme - 3)))
                && PORT.matcher(word).region(begin, end).lookingAt();
    }

    private static String token(String word) {
        int begin = signed(word);
        var known = TOKEN.matcher(word);
        if (known.find() && (begin < 0 || known.start() < begin)) {
            begin = known.start();
        }
        return begin < 0 ? word : word.substring(0, begin) + HIDDEN;
    }

    /** Where a signed token (RFC 7519) begins: JSON in base64, then a dot; -1 for none. */
    private static int signed(String word) {
        int begin = word.indexOf("eyJ");
        while (begin >= 0) {
            int dot = word.indexOf('.', begin);
            if (dot < 0) {
                return -1;
            }
            if (dot - begin >= 8 && word.length() - dot > 8) {
                return begin;
            }
            begin = word.indexOf("eyJ", dot);
        }
        return -1;
    }

    /**
     * The lines of a log, of which a private key may fill several: from the line where it begins to
     * the one where it ends; also where only its end is left.
     */
    static List<String> withoutKeys(List<String> lines) {
        var clean = new ArrayList<String>();
        boolean inside = false;
        for (String line : lines) {
            boolean ends = KEY_ENDS.matcher(line).find();
            boolean begins = KEY_BEGINS.matcher(line).find();
            if (ends && !begins && !inside) {
                hideBack(clean);
            }
            boolean hide = inside || (ends && !begins);
            inside = begins ? !ends : inside && !ends;
            clean.add(hide ? HIDDEN : line);
        }
        return clean;
    }

    private static void hideBack(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0 && KEY_LINE.matcher(lines.get(i)).matches(); i--) {
            lines.set(i, HIDDEN);
        }
    }
}
