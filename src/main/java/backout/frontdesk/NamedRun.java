package backout.frontdesk;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.RunId;

import java.util.List;
import java.util.Locale;

/** Finds the run that somebody means. */
final class NamedRun {
    private NamedRun() {}

    /**
     * @throws ProblemException with the nearest open run when there is no such one
     */
    static RunId in(Journal journal, String typed) {
        String text = typed.toUpperCase(Locale.ROOT);
        List<String> open = journal.open().stream().map(RunId::text).toList();
        if (RunId.isRunId(text) && !journal.read(new RunId(text)).isEmpty()) {
            return new RunId(text);
        }
        Phrase known =
                open.isEmpty()
                        ? Phrase.of("no run is open; see: history")
                        : Phrase.of("open runs: {0}", open);
        Phrase next =
                Nearest.to(text, open)
                        .map(id -> Phrase.of("did you mean {0}? {1}", id, known))
                        .orElse(known);
        throw Problem.stop(
                Phrase.of(
                        "there is no run \"{0}\"",
                        typed.length() > 40 ? typed.substring(0, 40) + "…" : typed),
                next);
    }
}
