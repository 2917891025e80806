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
record Mood(String css, Phrase says, boolean needs) {
    static Mood of(Feed.Seen seen, Instant now) {
        Run run = seen.run();
        if (run.outcome().isPresent()) {
            return over(run.outcome().get());
        }
        if (seen.halted().isPresent()) {
            return new Mood("poor", Phrase.of("halted"), true);
        }
        return switch (run.next(now)) {
            case Next.Halt _ -> new Mood("poor", Phrase.of("halted"), true);
            case Next.Wait(Instant _, Phrase _) when run.question().isPresent() ->
                    new Mood("poor", Phrase.of("a person must decide"), true);
            case Next.Wait(Instant _, Phrase what) ->
                    new Mood("care", Phrase.of("waits for {0}", what), true);
            case Next.Soak _ -> new Mood("good", Phrase.of("proven, soaking"), false);
            default -> new Mood("busy", working(run), false);
        };
    }

    private static Mood over(Outcome outcome) {
        return switch (outcome.result()) {
            case PROVEN -> new Mood("good", Phrase.of("proven"), false);
            case UNDONE -> new Mood("care", Phrase.of("undone"), false);
            case KEPT -> new Mood("care", Phrase.of("kept as it is"), false);
            case NOTHING_CHANGED -> new Mood("over", Phrase.of("nothing changed"), false);
            case NOT_APPROVED -> new Mood("over", Phrase.of("not done"), false);
            case UNDO_FAILED -> new Mood("poor", Phrase.of("undo failed"), false);
            case UNKNOWN -> new Mood("poor", Phrase.of("unknown"), false);
        };
    }

    private static Phrase working(Run run) {
        if (run.isUndoing()) {
            return Phrase.of("undoing");
        }
        if (run.hasBegunSwitch()) {
            return run.checked(RunEvent.Moment.AFTER_SWITCH).isPresent()
                    ? Phrase.of("checking")
                    : Phrase.of("switching");
        }
        return run.planned().isEmpty() ? Phrase.of("making the plan") : Phrase.of("preparing");
    }

    Html badge() {
        return Html.of("span", says).css("badge " + css);
    }
}
