package backout.plan;

import backout.language.Phrase;

import java.util.List;

/**
 * What a plan does to one target.
 *
 * @param from the release that runs now, as people are shown it
 * @param to the release that will run
 * @param why why this release
 * @param checks what proves it, as in {@link Plan}
 * @param undoChecks what proves after an undo that the former release runs again
 */
public record Part(
        TargetName target,
        Plan.Shown from,
        Plan.Shown to,
        Phrase why,
        List<String> checks,
        List<String> undoChecks) {
    public Part {
        checks = List.copyOf(checks);
        undoChecks = List.copyOf(undoChecks);
    }
}
