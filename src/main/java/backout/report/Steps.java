package backout.report;

import backout.chat.Block;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The steps of a plan as lines: how each stands, what came of it and how long it took. */
final class Steps {
    private static final Duration WORTH_TELLING = Duration.ofMillis(10);

    /** How one step stands; {@code began} is when it was begun last. */
    private record Standing(Mark mark, Phrase note, Optional<Instant> began) {
        private static final Standing UNTOUCHED =
                new Standing(Mark.TO_DO, Phrase.NONE, Optional.empty());

        private Optional<Duration> took(Instant end) {
            return began.map(since -> Duration.between(since, end))
                    .filter(time -> time.compareTo(WORTH_TELLING) >= 0);
        }
    }

    private Steps() {}

    /** Of a plan that nobody runs. */
    static List<Block.Line> of(Plan plan) {
        var lines = new ArrayList<Block.Line>();
        for (int index = 0; index < plan.steps().size(); index++) {
            lines.add(new Block.Line(Mark.TO_DO, text(plan, index), Phrase.NONE));
        }
        return lines;
    }

    static List<Block.Line> of(Run run) {
        var lines = new ArrayList<Block.Line>();
        for (int index = 0; index < run.plan().steps().size(); index++) {
            Standing standing = standing(run, index);
            lines.add(new Block.Line(standing.mark(), text(run.plan(), index), standing.note()));
        }
        return lines;
    }

    /**
     * What stands above the steps: how far the preparation is, or the switch. What is prepared is
     * not half done: the service has felt nothing of it.
     */
    static Phrase title(Run run) {
        Phase phase = run.hasBegunSwitch() ? Phase.SWITCH : Phase.PREPARE;
        List<Block.Line> lines = of(run);
        List<Mark> marks =
                run.plan().indexes(phase).stream().map(index -> lines.get(index).mark()).toList();
        boolean begun = lines.stream().anyMatch(line -> line.mark() != Mark.TO_DO);
        int done = Collections.frequency(marks, Mark.DONE);
        boolean ended = run.hasBegunSwitch() && done == marks.size();
        if (!begun || ended || run.isUndoing() || marks.isEmpty()) {
            return Phrase.of("Plan");
        }
        String full = "▰".repeat(done);
        String empty = "▱".repeat(marks.size() - done);
        return run.hasBegunSwitch()
                ? Phrase.of("Plan  {0}{1} switched {2} of {3}", full, empty, done, marks.size())
                : Phrase.of(
                        "Plan  {0}{1} prepared {2} of {3}, nothing is switched",
                        full, empty, done, marks.size());
    }

    static Phrase text(Plan plan, int index) {
        Step step = plan.steps().get(index);
        String number = (index + 1) + ".";
        Phrase says =
                plan.parts().size() == 1
                        ? step.says()
                        : Phrase.of("{0}: {1}", step.target(), step.says());
        return step.phase() == Phase.SWITCH
                ? Phrase.of("{0} {1}  [the downtime]", number, says)
                : Phrase.of("{0} {1}", number, says);
    }

    private static Standing standing(Run run, int index) {
        Standing standing = Standing.UNTOUCHED;
        for (RunEvent event : run.events()) {
            standing = after(standing, event, index);
        }
        return standing;
    }

    private static Standing after(Standing old, RunEvent event, int index) {
        return switch (event) {
            case RunEvent.StepBegan e when e.step() == index ->
                    e.leg() == Leg.CLEAN_UP
                            ? new Standing(old.mark(), old.note(), Optional.of(e.at()))
                            : new Standing(
                                    Mark.RUNNING,
                                    e.leg() == Leg.UNDO
                                            ? Phrase.of("being taken back")
                                            : Phrase.NONE,
                                    Optional.of(e.at()));
            case RunEvent.StepDone e when e.step() == index && e.leg() == Leg.FORWARD ->
                    new Standing(Mark.DONE, joined(e.note(), old.took(e.at())), old.began());
            case RunEvent.StepDone e when e.step() == index ->
                    new Standing(
                            e.leg() == Leg.UNDO ? Mark.DONE : old.mark(),
                            e.note().isEmpty()
                                    ? Phrase.of("taken back")
                                    : Phrase.of("taken back: {0}", e.note()),
                            old.began());
            case RunEvent.StepFailed e when e.step() == index ->
                    new Standing(
                            Mark.FAILED,
                            e.leg() == Leg.UNDO
                                    ? Phrase.of(
                                            "taking it back did not work: {0}", e.problem().what())
                                    : e.problem().what(),
                            old.began());
            case RunEvent.Planned _ -> Standing.UNTOUCHED;
            default -> old;
        };
    }

    private static Phrase joined(Phrase note, Optional<Duration> took) {
        return took.map(time ->
                        note.isEmpty() ? Phrase.of("{0}", time) : Phrase.of("{0}, {1}", note, time))
                .orElse(note);
    }
}
