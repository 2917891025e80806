package backout.run;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.problem.Problem;
import backout.run.Outcome.Result;

import java.util.List;
import java.util.Optional;

/** The ends that a run can have, in the words that people read. */
final class Endings {
    private Endings() {}

    /** The same, where the release that it left is not to blame. */
    static Outcome excusing(Outcome outcome, Plan plan, Optional<Phrase> excuse) {
        return excuse.map(reason ->
                        new Outcome(
                                outcome.result(),
                                outcome.says(),
                                Phrase.of(
                                        "{0} is not marked bad: {1}; {2}",
                                        plan.from().name(), reason, outcome.next())))
                .orElse(outcome);
    }

    static Phrase notWorking(RunEvent.StepFailed failed) {
        return Phrase.of("step {0} did not work: {1}", failed.step() + 1, failed.problem().what());
    }

    /** Of the run that goes forward again after a rollback. */
    static Outcome forward(Plan plan) {
        return new Outcome(
                Result.PROVEN,
                Phrase.of("Gone forward again to {0} and proven.", plan.to().name()),
                Phrase.of(
                        "have git say {0} again too, or the next deploy brings {1} back",
                        plan.to().name(), plan.from().name()));
    }

    static Outcome proven(Plan plan) {
        return proven(plan, Phrase.of("Rolled back to {0} and proven.", plan.to().name()));
    }

    static Outcome held(Plan plan) {
        return proven(
                plan,
                Phrase.of(
                        "Rolled back to {0} and proven; it held through the soak.",
                        plan.to().name()));
    }

    static Outcome endedEarly(Plan plan, RunEvent.Cancelled event) {
        return proven(
                plan,
                event.reason().isEmpty()
                        ? Phrase.of(
                                "Rolled back to {0} and proven; {1} ended the soak early.",
                                plan.to().name(), event.by())
                        : Phrase.of(
                                "Rolled back to {0} and proven; {1} ended the soak early: {2}",
                                plan.to().name(), event.by(), event.reason()));
    }

    private static Outcome proven(Plan plan, Phrase says) {
        if (plan.keepsRelease()) {
            return new Outcome(
                    Result.PROVEN,
                    Phrase.of(
                            "Changed from {0} to {1} and proven.",
                            plan.from().name(), plan.to().name()),
                    Phrase.of(
                            "to change it back: /rollback {0} {1} to {2}",
                            plan.command(), plan.target().name(), plan.from().name()));
        }
        return new Outcome(
                Result.PROVEN,
                says,
                Phrase.of(
                        "revert the change in git too, or the next deploy brings {0} back",
                        plan.from().name()));
    }

    /**
     * @param excuse why the release that failed is not to blame; empty where it is
     */
    static Outcome undone(Plan plan, Phrase why, Optional<Phrase> excuse) {
        if (plan.keepsRelease()) {
            return new Outcome(
                    Result.UNDONE,
                    Phrase.of("It was undone, it is {0} again: {1}", plan.from().name(), why),
                    Phrase.of("ask for it again when that is mended"));
        }
        Phrase next =
                excuse.map(reason ->
                                Phrase.of(
                                        "{0} is not marked bad for it: {1}. Look at that first,"
                                                + " then roll back again, or fix forward",
                                        plan.to().name(), reason))
                        .orElse(
                                Phrase.of(
                                        "fix forward, or roll back to another release: /rollback"
                                                + " {0} {1} to RELEASE",
                                        plan.command(), plan.target().name()));
        return new Outcome(
                Result.UNDONE,
                plan.isFromNothing()
                        ? Phrase.of("The rollback was undone, it is down again: {0}", why)
                        : Phrase.of(
                                "The rollback was undone, {0} runs again: {1}",
                                plan.from().name(), why),
                next);
    }

    static Outcome kept(Phrase by, Phrase why) {
        return new Outcome(Result.KEPT, Phrase.of("Left as it is, {0}: {1}", by, why), Phrase.NONE);
    }

    /** Nobody answered the bot's question. */
    static Outcome left(Evidence evidence, Phrase why) {
        Result result =
                evidence.finding() == Evidence.Finding.UNWELL ? Result.KEPT : Result.UNKNOWN;
        return new Outcome(
                result,
                Phrase.of("Nobody answered, so it was left as it is: {0}", why),
                Phrase.of("look at the service, then roll back again"));
    }

    /** Proven it was, but the last checks of the soak could not look. */
    static Outcome unknownAfterSoak(Evidence latest) {
        return new Outcome(
                Result.UNKNOWN,
                Phrase.of(
                        "It was proven, but at the end of the soak nobody could tell: {0}",
                        latest.trouble()),
                Phrase.of("look at the service yourself"));
    }

    static Outcome undoFailed(RunEvent.StepFailed failed) {
        Problem problem = failed.problem();
        return new Outcome(
                Result.UNDO_FAILED,
                Phrase.of(
                        "The undo did not work at step {0}: {1}",
                        (failed.step() + 1), problem.what()),
                problem.next(),
                failed.byHand());
    }

    static Outcome noPlan(Problem problem) {
        return new Outcome(
                Result.NOTHING_CHANGED,
                Phrase.of("There is no safe plan: {0}", problem.what()),
                problem.next());
    }

    static Outcome nothingChanged(Problem problem) {
        return new Outcome(
                Result.NOTHING_CHANGED,
                Phrase.of("Stopped before anything was changed: {0}", problem.what()),
                problem.next());
    }

    static Outcome cancelled(RunEvent.Cancelled event) {
        return notApproved(
                event.reason().isEmpty()
                        ? Phrase.of("cancelled by {0}", event.by())
                        : Phrase.of("cancelled by {0}: {1}", event.by(), event.reason()));
    }

    static Outcome notApproved(Phrase why) {
        return new Outcome(
                Result.NOT_APPROVED,
                Phrase.of("Not done: {0}. Nothing was changed.", why),
                Phrase.NONE);
    }

    /** What was believed is not what the last look found. */
    static Outcome amiss(List<Phrase> amiss) {
        return new Outcome(
                Result.UNKNOWN,
                Phrase.of(
                        "At the last look not everything was where it should be: {0}",
                        Phrase.joined("; ", amiss)),
                Phrase.of(
                        "somebody or something else changed it: look at the service before you go"
                                + " on"));
    }
}
