package backout.run;

import backout.language.Phrase;
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
                Phrase.of("Rolled back to {0} and proven{1}.", plan.to().name(), more),
                Phrase.of(
                        "revert the change in git too, or the next deploy brings {0} back",
                        plan.from().name()));
    }

    static Outcome undone(Plan plan, String why) {
        return new Outcome(
                Result.UNDONE,
                Phrase.of("The rollback was undone, {0} runs again: {1}", plan.from().name(), why),
                Phrase.of(
                        "fix forward, or roll back to another release: /rollback {0} {1} to"
                                + " RELEASE",
                        plan.command(), plan.target().name()));
    }

    static Outcome kept(String by, String why) {
        return new Outcome(Result.KEPT, Phrase.of("Left as it is, {0}: {1}", by, why), Phrase.NONE);
    }

    /** Nobody answered the bot's question. */
    static Outcome left(Evidence evidence, String why) {
        Result result =
                evidence.finding() == Evidence.Finding.UNWELL ? Result.KEPT : Result.UNKNOWN;
        return new Outcome(
                result,
                Phrase.of("Nobody answered, so it was left as it is: {0}", why),
                Phrase.of("look at the service, then roll back again"));
    }

    static Outcome nothingChanged(Problem problem) {
        return new Outcome(
                Result.NOTHING_CHANGED,
                Phrase.of("Stopped before anything was changed: {0}", problem.what()),
                problem.next());
    }

    static Outcome notApproved(String why) {
        return new Outcome(
                Result.NOT_APPROVED,
                Phrase.of("Not done: {0}. Nothing was changed.", why),
                Phrase.NONE);
    }

    /** What was believed is not what the last look found. */
    static Outcome amiss(List<String> amiss) {
        return new Outcome(
                Result.UNKNOWN,
                Phrase.of(
                        "At the last look not everything was where it should be: {0}",
                        String.join("; ", amiss)),
                Phrase.of(
                        "somebody or something else changed it: look at the service before you go"
                                + " on"));
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
