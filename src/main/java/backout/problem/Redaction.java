package backout.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Takes secrets out of what services and tools print before anybody sees or keeps it. Whoever
 * writes the text is not trusted: no pattern may take longer than its length, so each run within
 * one is possessive or has a limit.
 */
public final class Redaction {
    /**
     * A word that promises a secret, with whatever follows it: {@code api_key=…}, {@code "token":
     * "…"}.
     */
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)((?:pass(?:word|wd)?|secret|token|api[-_]?key|private[-_]?key|encryption[-_]?key|credential"
                        + "|jwt)[\\w.-]{0,64}+[\"']?\\s*+[=:]\\s*+)"
                        + "(\"[^\"]*+\"|'[^']*+'|[^\\s,;}]++)");

    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(bearer|basic)\\s++[A-Za-z0-9+/_.~=-]{8,}+");
    private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*+:)[^/\\s@]++@");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(pass|secret|token|key|credential|auth|dsn|private).*");

    /** Of one line: more than anybody is shown. */
    private static final int MAX_LINE = 8 << 10;

    private static final int UNSURE = 1 << 10;

    private final List<String> values;

    /** Takes these values out as well, wherever they stand; one that holds another goes first. */
    public Redaction(Collection<String> values) {
        this.values =
                values.stream()
                        .filter(value -> value.length() >= 6)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    public String of(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, "***");
        }
        return patterns(clean);
    }

    /**
     * The lines of one log: a secret may begin on one and end on another. Of each only the
     * beginning is looked at and kept, as whoever writes it decides how long it is.
     */
    public List<String> of(List<String> lines) {
        List<String> looked =
                SecretShapes.withoutKeys(lines.stream().map(Redaction::beginning).toList());
        return IntStream.range(0, lines.size())
                .mapToObj(at ->
                        lines.get(at).length() > MAX_LINE
                                ? sure(of(looked.get(at)))
                                : of(looked.get(at)))
                .toList();
    }

    private static String beginning(String line) {
        return line.substring(0, Math.min(line.length(), MAX_LINE));
    }

    /** Where a line was cut a secret may have been, whose rest nobody knows for one. */
    private static String sure(String cut) {
        int end = Math.max(0, cut.length() - UNSURE);
        boolean splits = end > 0 && Character.isHighSurrogate(cut.charAt(end - 1));
        return cut.substring(0, splits ? end - 1 : end) + "…";
    }

    public static String patterns(String text) {
        String clean = NAMED.matcher(SecretShapes.hidden(text)).replaceAll("$1***");
        clean = BEARER.matcher(clean).replaceAll("$1 ***");
        return IN_URL.matcher(clean).replaceAll("$1***@");
    }

    /** Whether an environment variable of this name is likely to hold a secret. */
    public static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }
}
