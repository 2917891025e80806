package backout.target.compose;

import backout.language.Phrase;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which keys differ between two versions of a file. Values are never told: they may be secrets. */
final class KeyDiff {
    private static final Pattern KEY =
            Pattern.compile(
                    "^\\s*(?:-\\s+)?(?:export\\s+)?[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*[:=]");

    /** No key can be called so: it holds spaces. */
    private static final String KEYLESS = "a line without a key";

    private KeyDiff() {}

    static List<Phrase> of(byte[] before, byte[] after) {
        Set<String> old = lines(before);
        Set<String> fresh = lines(after);
        var keys = new TreeSet<String>();
        old.stream().filter(line -> !fresh.contains(line)).forEach(line -> keys.add(key(line)));
        fresh.stream().filter(line -> !old.contains(line)).forEach(line -> keys.add(key(line)));
        keys.remove("");
        return keys.stream().map(KeyDiff::shown).toList();
    }

    private static Phrase shown(String key) {
        return key.equals(KEYLESS) ? Phrase.of("a line without a key") : Phrase.of("{0}", key);
    }

    private static Set<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static String key(String line) {
        Matcher matcher = KEY.matcher(line);
        return matcher.find()
                ? matcher.group(1)
                : line.isEmpty() || line.startsWith("#") ? "" : KEYLESS;
    }
}
