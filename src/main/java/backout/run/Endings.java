package backout.run;

import backout.plan.Plan;
import backout.problem.Problem;
import backout.run.Outcome.Result;

import java.util.List;
import java.util.Locale;

/** The ends that a run can have, in the words that people read. */
final class Endings {
    private Endings() {}

    /** {@code more} goes on with the sentence, may be empty. */
    static Outcome proven(Plan plan, String more) {
        return new Outcome(
                Result.PROVEN,
                "Rolled back to " + plan.to().name() + " and proven" + more + ".",
                "revert the change in git too, or the next deploy brings "
                        + plan.from().name()
                        + " back");
    }

    static Outcome undone(Plan plan, String why) {
        return new Outcome(
                Result.UNDONE,
                "The rollback was undone, " + plan.from().name() + " runs again: " + why,
                "fix forward, or roll back to another release: /rollback "
                        + plan.command()
                        + " "
                        + plan.target().name()
                        + " to RELEASE");
    }

    static Outcome kept(String by, String why) {
        return new Outcome(Result.KEPT, "Left as it is, " + by + ": " + why, "");
    }

    /** Nobody answered the bot's question. */
    static Outcome left(Evidence evidence, String why) {
        Result result =
                evidence.finding() == Evidence.Finding.UNWELL ? Result.KEPT : Result.UNKNOWN;
        return new Outcome(
                result,
                "Nobody answered, so it was left as it is: " + why,
                "look at the service, then roll back again");
    }

    static Outcome nothingChanged(Problem problem) {
        return new Outcome(
                Result.NOTHING_CHANGED,
                "Stopped before anything was changed: " + problem.what(),
                problem.next());
    }

    static Outcome notApproved(String why) {
        return new Outcome(Result.NOT_APPROVED, "Not done: " + why + ". Nothing was changed.", "");
    }

    /** What was believed is not what the last look found. */
    static Outcome amiss(List<String> amiss) {
        return new Outcome(
                Result.UNKNOWN,
                "At the last look not everything was where it should be: "
                        + String.join("; ", amiss),
                "somebody or something else changed it: look at the service before you go on");
    }

    /** The first must-check that is not well, in words. */
    static String trouble(Evidence evidence) {
        return evidence.rows().stream()
                .filter(row -> row.must() && row.finding() != Evidence.Finding.WELL)
                .findFirst()
                .map(row -> row.check() + " (seen: " + row.seen() + ")")
                .orElse("the checks are " + evidence.finding().name().toLowerCase(Locale.ROOT));
    }
}
