package backout.chat.console.web;

import backout.language.Phrase;
import backout.run.Next;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;

/**
 * How a run stands, in a word and a colour.
 *
 * @param css the class that colours it
 * @param says a few words: the colour alone tells nobody anything
 * @param needs whether it waits for a person
 */
record Mood(String css, String says, boolean needs) {
    static Mood of(Feed.Seen seen, Instant now) {
        Run run = seen.run();
        if (run.outcome().isPresent()) {
            return over(run.outcome().get());
        }
        if (seen.halted().isPresent()) {
            return new Mood("poor", "halted", true);
        }
        return switch (run.next(now)) {
            case Next.Halt _ -> new Mood("poor", "halted", true);
            case Next.Wait(Instant _, Phrase _) when run.question().isPresent() ->
                    new Mood("poor", "a person must decide", true);
            case Next.Wait(Instant _, Phrase what) -> new Mood("care", "waits for " + what, true);
            case Next.Soak _ -> new Mood("good", "proven, soaking", false);
            default -> new Mood("busy", working(run), false);
        };
    }

    private static Mood over(Outcome outcome) {
        return switch (outcome.result()) {
            case PROVEN -> new Mood("good", "proven", false);
            case UNDONE -> new Mood("care", "undone", false);
            case KEPT -> new Mood("care", "kept as it is", false);
            case NOTHING_CHANGED -> new Mood("over", "nothing changed", false);
            case NOT_APPROVED -> new Mood("over", "not done", false);
            case UNDO_FAILED -> new Mood("poor", "undo failed", false);
            case UNKNOWN -> new Mood("poor", "unknown", false);
        };
    }

    private static String working(Run run) {
        if (run.isUndoing()) {
            return "undoing";
        }
        if (run.hasBegunSwitch()) {
            return run.checked(RunEvent.Moment.AFTER_SWITCH).isPresent() ? "checking" : "switching";
        }
        return run.planned().isEmpty() ? "making the plan" : "preparing";
    }

    Html badge() {
        return Html.of("span", says).css("badge " + css);
    }
}
