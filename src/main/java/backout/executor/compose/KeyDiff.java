package backout.executor.compose;

import backout.language.Phrase;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys differ between two versions of a file. Values are never told: they may be secrets. */
final class KeyDiff {
    private static final Pattern KEY =
            Pattern.compile(
                    "^(\\s*)(?:-\\s+)?(?:export\\s+)?([\"']?)([A-Za-z_][\\w.-]*)([\"']?)\\s*([:=])\\s*(.*)$");

    /** An item of a list that is a text of several lines. */
    private static final Pattern BLOCK = Pattern.compile("^-\\s+[|>][-+0-9]*(?:\\s+#.*)?$");

    /** The end of a key or certificate looks like a name without a value. */
    private static final Pattern PADDED = Pattern.compile("^(?:-\\s+)?[\\w+/-]{12,}={1,2}$");

    /** No key can be called so: it holds spaces. */
    private static final String KEYLESS = "a line without a key";

    /** What the lines so far have begun. */
    private final List<Line> lines = new ArrayList<>();

    private String open = "";
    private char quote;
    private int deeperThan = -1;

    /** A line of text that says something, and the key whose it is. */
    private record Line(String key, String text) {}

    private KeyDiff() {}

    static List<Phrase> of(byte[] before, byte[] after) {
        List<Line> old = lines(before);
        List<Line> fresh = lines(after);
        var keys = new TreeSet<String>();
        addMissing(keys, old, fresh);
        addMissing(keys, fresh, old);
        return keys.stream().map(KeyDiff::shown).toList();
    }

    private static void addMissing(Set<String> keys, List<Line> from, List<Line> others) {
        var there = new HashSet<>(others);
        from.stream().filter(line -> !there.contains(line)).map(Line::key).forEach(keys::add);
    }

    private static Phrase shown(String key) {
        return key.equals(KEYLESS) ? Phrase.of("a line without a key") : Phrase.of("{0}", key);
    }

    private static List<Line> lines(byte[] bytes) {
        var reading = new KeyDiff();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(reading::read);
        return reading.lines;
    }

    private void read(String line) {
        String key = key(line);
        if (!key.isEmpty()) {
            lines.add(new Line(key, line.strip()));
        }
    }

    private String key(String line) {
        if (quote != 0) {
            quote = closes(line, quote) ? 0 : quote;
            return open;
        }
        if (deeperThan >= 0 && (line.isBlank() || indent(line) > deeperThan)) {
            return line.isBlank() ? "" : open;
        }
        deeperThan = -1;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return "";
        }
        Matcher found = KEY.matcher(line);
        if (found.matches() && !isPadded(text)) {
            return begun(found);
        }
        if (BLOCK.matcher(text).matches()) {
            open = KEYLESS;
            deeperThan = indent(line);
        }
        return KEYLESS;
    }

    private static boolean isPadded(String text) {
        return PADDED.matcher(text).matches() && !text.matches("(?:-\\s+)?[A-Z][A-Z0-9_]*=");
    }

    private String begun(Matcher found) {
        open = found.group(3);
        String value = found.group(6);
        boolean isQuotedWhole = !found.group(2).isEmpty() && found.group(4).isEmpty();
        String quoted = isQuotedWhole ? found.group(2) + value : value;
        if (quoted.matches("[\"'].*") && !closes(quoted.substring(1), quoted.charAt(0))) {
            quote = quoted.charAt(0);
        } else if (found.group(5).equals(":") && !value.matches("(?:[&!]\\S*+\\s*+)*+(?:#.*)?")) {
            deeperThan = found.start(2);
        }
        return open;
    }

    private static boolean closes(String text, char quote) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                return true;
            }
        }
        return false;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
