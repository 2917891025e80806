package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Part;
import backout.plan.TargetName;
import backout.run.Outcome;
import backout.run.Run;

import java.util.ArrayList;
import java.util.List;

/** How a run ended, as the first thing that its card says. */
public final class Ending {
    private Ending() {}

    /** A few words for the heading. */
    static Phrase verdict(Outcome outcome) {
        return switch (outcome.result()) {
            case PROVEN -> Phrase.of("done and proven");
            case UNDONE -> Phrase.of("undone");
            case KEPT -> Phrase.of("not well, left as it is");
            case NOTHING_CHANGED -> Phrase.of("stopped, nothing changed");
            case UNDO_FAILED -> Phrase.of("FAILED, and the undo failed too");
            case NOT_APPROVED -> Phrase.of("not done");
            case UNKNOWN -> Phrase.of("nobody could tell");
        };
    }

    /** The lines that are left to type, letter by letter; none where there is nothing to type. */
    public static List<Block> byHand(List<Phrase> lines) {
        return lines.isEmpty()
                ? List.of()
                : List.of(new Block.Code(Phrase.of("To be typed by hand, line by line"), lines));
    }

    /** What came of it, what to do now, and what is locked. */
    static Block block(Run run, Outcome outcome, Site site, boolean locks) {
        var lines = new ArrayList<Line>();
        lines.add(new Line(mark(outcome), outcome.says(), toSee(run, outcome, site)));
        if (!outcome.next().isEmpty()) {
            lines.add(new Line(Mark.NONE, Phrase.of("Next: {0}", outcome.next()), Phrase.NONE));
        }
        lines.addAll(HookFailures.lines(run));
        if (locks && outcome.result() == Outcome.Result.PROVEN) {
            run.plan()
                    .parts()
                    .forEach(
                            part -> lines.add(new Line(Mark.NONE, locked(run, part), Phrase.NONE)));
        }
        return new Block.Lines(Phrase.NONE, List.copyOf(lines));
    }

    /** What no check can see: whoever has eyes goes on from here. */
    private static Phrase toSee(Run run, Outcome outcome, Site site) {
        return Phrase.joined(
                "; ",
                run.planned().stream()
                        .filter(_ -> outcome.result() == Outcome.Result.PROVEN)
                        .flatMap(planned -> planned.plan().parts().stream())
                        .flatMap(part -> site.target(part.target()).stream())
                        .flatMap(target -> ByHand.left(site, target).stream())
                        .toList());
    }

    /** What went back together goes forward by whoever deploys it: there is no one way for all. */
    private static Phrase locked(Run run, Part part) {
        TargetName target = part.target();
        return run.request().others().isEmpty()
                ? Phrase.of(
                        "{0} is locked against going forward again; lift it with: unlock {1}, or"
                                + " once {2} is mended go there again: forward {3}",
                        target, target.name(), part.from().name(), run.id())
                : Phrase.of(
                        "{0} is locked against going forward again; lift it with: unlock {1}",
                        target, target.name());
    }

    private static Mark mark(Outcome outcome) {
        return switch (outcome.result()) {
            case PROVEN -> Mark.DONE;
            case UNDO_FAILED -> Mark.FAILED;
            case UNDONE, KEPT -> Mark.WARNING;
            case UNKNOWN -> Mark.UNKNOWN;
            case NOTHING_CHANGED, NOT_APPROVED -> Mark.NONE;
        };
    }
}
