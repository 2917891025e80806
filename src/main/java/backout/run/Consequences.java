package backout.run;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.TargetEvent;
import backout.run.Outcome.Result;

import java.util.ArrayList;
import java.util.List;

/**
 * What an event of a run means for its target beyond the run: the lock, and which release is bad.
 */
final class Consequences {
    private Consequences() {}

    static List<TargetEvent> of(Run run, RunEvent event) {
        return switch (event) {
            case RunEvent.Proven proven -> locked(run, proven);
            case RunEvent.Finished finished when finished.outcome().result() == Result.UNDONE ->
                    undone(run, finished);
            default -> List.of();
        };
    }

    private static List<TargetEvent> locked(Run run, RunEvent.Proven proven) {
        Plan plan = run.plan();
        Phrase why =
                run.request().reason().isEmpty()
                        ? Phrase.of("rolled back")
                        : Phrase.verbatim(run.request().reason());
        return List.of(
                new TargetEvent.Cleared(
                        proven.at(),
                        plan.to().identity(),
                        "backout",
                        Phrase.of("proven in run {0}", run.id())),
                new TargetEvent.MarkedBad(
                        proven.at(), plan.from().identity(), why, run.requester()),
                new TargetEvent.Locked(proven.at(), run.requester(), why, run.id().text()));
    }

    /**
     * What failed its checks here is not chosen again, unless it was not to blame; the old release
     * is back, so nothing is locked.
     */
    private static List<TargetEvent> undone(Run run, RunEvent.Finished finished) {
        var about = new ArrayList<TargetEvent>();
        var blame = new Blame(run);
        if (blame.excuse().isEmpty()) {
            about.add(
                    new TargetEvent.MarkedBad(
                            finished.at(), run.plan().to().identity(), blame.why(), "backout"));
        }
        if (run.proven().isPresent()) {
            about.add(
                    new TargetEvent.Unlocked(
                            finished.at(), "backout", Phrase.of("run {0} was undone", run.id())));
        }
        return about;
    }
}
