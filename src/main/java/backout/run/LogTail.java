package backout.run;

import backout.language.Phrase;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** As much of a log's end as is worth keeping: the journal never forgets, and people read it. */
public final class LogTail {
    static final int MAX_LINE = 2_000;
    static final int MAX_BYTES = 64 << 10;
    public static final int MAX_LINES = 50;

    private static final Pattern TROUBLE =
            Pattern.compile(
                    "error|exception|fatal|panic|cannot|could not|failed|refused|denied|killed|"
                            + "out of memory|错误|异常|失败",
                    Pattern.CASE_INSENSITIVE);

    private LogTail() {}

    /** The last lines, each cut and without secrets already; what is said again is counted. */
    public static List<Phrase> of(List<String> lines) {
        var kept = new ArrayDeque<Phrase>();
        int bytes = 0;
        for (Run run : runs(lines).reversed()) {
            String cut = cut(run.line());
            bytes += cut.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES || kept.size() == MAX_LINES) {
                break;
            }
            kept.addFirst(run.says(cut));
        }
        return List.copyOf(kept);
    }

    /**
     * The one line for whoever reads no more: the last that speaks of trouble, for what starts
     * again and again may have begun anew after it; else the last that says anything.
     */
    public static Optional<Phrase> telling(List<Phrase> lines) {
        List<Phrase> said = lines.stream().filter(line -> !line.toString().isBlank()).toList();
        return said.reversed().stream()
                .filter(line -> TROUBLE.matcher(line.toString()).find())
                .findFirst()
                .or(() -> said.isEmpty() ? Optional.empty() : Optional.of(said.getLast()));
    }

    /** Equal lines that follow each other. */
    private record Run(String line, int times) {
        /** Empty lines say no more than one of them. */
        private Phrase says(String cut) {
            return times == 1 || line.isBlank()
                    ? Phrase.verbatim(cut)
                    : Phrase.of("{0} … {1} times", cut, times);
        }
    }

    private static List<Run> runs(List<String> lines) {
        var runs = new ArrayList<Run>();
        for (String line : lines) {
            boolean again = !runs.isEmpty() && runs.getLast().line().equals(line);
            int before = again ? runs.removeLast().times() : 0;
            runs.add(new Run(line, before + 1));
        }
        return runs;
    }

    private static String cut(String line) {
        if (line.length() <= MAX_LINE) {
            return line;
        }
        int end = MAX_LINE - 1;
        boolean splits = Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, splits ? end - 1 : end) + "…";
    }
}
