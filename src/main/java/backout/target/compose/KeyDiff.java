package backout.target.compose;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys differ between two versions of a file. Values are never told: they may be secrets. */
final class KeyDiff {
    private static final Pattern KEY =
            Pattern.compile(
                    "^\\s*(?:-\\s+)?(?:export\\s+)?[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*[:=]");

    private KeyDiff() {}

    static List<String> of(byte[] before, byte[] after) {
        List<String> old = lines(before);
        List<String> fresh = lines(after);
        var keys = new TreeSet<String>();
        old.stream().filter(line -> !fresh.contains(line)).forEach(line -> keys.add(key(line)));
        fresh.stream().filter(line -> !old.contains(line)).forEach(line -> keys.add(key(line)));
        keys.remove("");
        return List.copyOf(keys);
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().map(String::strip).toList();
    }

    private static String key(String line) {
        Matcher matcher = KEY.matcher(line);
        return matcher.find()
                ? matcher.group(1)
                : line.isEmpty() || line.startsWith("#") ? "" : "a line without a key";
    }
}
