package backout.executor.compose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What compose complains of while it does as it is told. */
record ComposeWarnings(List<String> texts) {
    /** Of a line; nobody reads a longer one, and the patterns below would not stand it. */
    private static final int MAX_LINE = 2_000;

    /** {@code time="…" level=warning msg="…"}, or {@code WARN[0000] …} on a terminal. */
    private static final Pattern LOGGED =
            Pattern.compile("level=warning msg=(?:\"((?:[^\"\\\\]++|\\\\.)*+)(?:\"|$)|(\\S+))");

    private static final Pattern SHOWN = Pattern.compile("^WARN\\[\\d+\\] (.+)$");
    private static final Pattern UNSET =
            Pattern.compile("\"?\\b(\\w++)\"? variable is not set\\. Defaulting to a blank string");

    /** It comes with every older file and changes nothing. */
    private static final Pattern IDLE = Pattern.compile("`version` is obsolete");

    ComposeWarnings {
        texts = List.copyOf(texts);
    }

    static ComposeWarnings parse(String stderr) {
        return new ComposeWarnings(
                stderr.lines()
                        .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE)))
                        .flatMap(line -> warning(line).stream())
                        .filter(text -> !IDLE.matcher(text).find())
                        .distinct()
                        .toList());
    }

    private static Optional<String> warning(String line) {
        Matcher logged = LOGGED.matcher(line);
        if (logged.find()) {
            return Optional.of(
                    logged.group(1) == null
                            ? logged.group(2)
                            : logged.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher shown = SHOWN.matcher(line.strip());
        return shown.matches() ? Optional.of(shown.group(1).strip()) : Optional.empty();
    }

    /** The variables that nobody gave a value. */
    List<String> unset() {
        return texts.stream()
                .map(UNSET::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    /** All but those of variables. */
    List<String> others() {
        return texts.stream().filter(text -> !UNSET.matcher(text).find()).toList();
    }
}
