package backout.executor.compose;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What compose says when it does not do something, without what the files hold: of a line that it
 * does not understand it repeats the text, which may be half a password.
 */
final class Complaint {
    private static final int LAST_LINES = 3;

    /** All that follows on the line is the file's own text. */
    private static final Pattern REPEATED =
            Pattern.compile(
                    "(?i)(unterminated quoted value|unexpected character \\S{1,12} in variable name"
                            + "(?: near)?|unknown anchor|cannot unmarshal !!\\w+"
                            + "|\\binvalid \\w+:(?! invalid)) .*");

    /** Below that line compose shows the value. */
    private static final Pattern BELOW =
            Pattern.compile(
                    "(invalid interpolation format for [^\\n]*(?:\\nYou may"
                            + " need[^\\n]*)?)[\\s\\S]*");

    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|'([^']*)'|`([^`]*)`");

    /** What is called by a name that is no secret. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i).*\\b(services?|networks?|volumes?|configs?|secrets?|profiles?|containers?|images?|projects?|files?|container"
                        + " name|mapping key|type|exec|flag):?\\s*$");

    private static final Pattern PATH = Pattern.compile("/[\\w./@-]*");

    private Complaint() {}

    static String of(String stderr) {
        List<String> lines =
                BELOW.matcher(stderr)
                        .replaceFirst("$1")
                        .lines()
                        .filter(line -> !line.isBlank() && !line.contains("level=warning"))
                        .map(Complaint::clean)
                        .toList();
        int from = Math.max(0, lines.size() - LAST_LINES);
        return String.join(" / ", lines.subList(from, lines.size()));
    }

    private static String clean(String line) {
        String known = REPEATED.matcher(line).replaceFirst("$1 ***");
        String clean =
                QUOTED.matcher(known)
                        .replaceAll(found -> Matcher.quoteReplacement(quoted(found, known)));
        return Redaction.patterns(clean);
    }

    private static String quoted(MatchResult found, String line) {
        String whole = found.group();
        String inside = whole.substring(1, whole.length() - 1);
        boolean isName =
                NAMED.matcher(line.substring(0, found.start())).matches()
                        || PATH.matcher(inside).matches();
        return isName ? whole : whole.charAt(0) + "***" + whole.charAt(0);
    }
}
