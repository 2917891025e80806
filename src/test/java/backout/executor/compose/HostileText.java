package backout.executor.compose;

import backout.language.Phrase;
import backout.problem.Redaction;
import backout.run.LogTail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What becomes of text that a stranger wrote; {@code backout.bench} takes the time. */
public final class HostileText {
    private HostileText() {}

    /** Lines of a log, until they stand in the journal. */
    public static List<Phrase> log(List<String> lines) {
        var redaction = new Redaction(List.of("hunter2secret"));
        return LogTail.of(redaction.of(lines));
    }

    /** What compose said, all that is ever made of it. */
    public static int compose(String said) {
        var warnings = ComposeWarnings.parse(said);
        int fates = DryRun.parse(said).fates().size();
        return warnings.unset().size()
                + warnings.others().size()
                + fates
                + Redaction.patterns(said).length();
    }

    /** Two versions of a file. */
    public static int files(String before, String after) {
        return KeyDiff.of(
                        before.getBytes(StandardCharsets.UTF_8),
                        after.getBytes(StandardCharsets.UTF_8))
                .size();
    }
}
