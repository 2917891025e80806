package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Condition;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Run;
import backout.run.RunEvent.Checked;
import backout.run.RunEvent.Moment;

import java.util.List;
import java.util.Optional;

/** How the service is before the switch: whoever says yes is to know it. */
final class Before {
    private static final String SHOULD = "should: ";

    private Before() {}

    /**
     * In one sentence.
     *
     * @param known how it was when it was looked at beside the run: that tells since when, if it
     *     still is so
     */
    static Line line(Checked read, Optional<Condition> known) {
        Finding health = read.evidence().health();
        Phrase says =
                known.filter(condition -> condition.finding() == health)
                        .map(Condition::says)
                        .orElseGet(() -> seen(read, health));
        return new Line(mark(health), says(says), Phrase.NONE);
    }

    static Phrase says(Phrase state) {
        return Phrase.of("The service: {0}", state);
    }

    private static Phrase seen(Checked read, Finding health) {
        return health == Finding.WELL
                ? health.says()
                : Phrase.of("{0}: {1}", health.says(), Say.check(read.evidence().illness()));
    }

    private static Mark mark(Finding finding) {
        return switch (finding) {
            case WELL -> Mark.DONE;
            case UNWELL -> Mark.FAILED;
            case UNKNOWN -> Mark.UNKNOWN;
        };
    }

    /** The checks that will prove it. */
    static Block proof(Plan plan) {
        return proof(plan, List.of(), false);
    }

    /** Each with what was seen before the switch, where somebody has looked. */
    static Block proof(Run run) {
        List<Evidence.Row> rows =
                run.checked(Moment.BASELINE).map(read -> read.evidence().rows()).orElse(List.of());
        return proof(run.plan(), rows, !run.hasBegunSwitch());
    }

    private static Block proof(Plan plan, List<Evidence.Row> rows, boolean isNow) {
        return new Block.Lines(
                Phrase.of("Proof"),
                plan.parts().stream()
                        .flatMap(part -> {
                            String target = plan.more().isEmpty() ? "" : part.target().toString();
                            return part.checks().stream()
                                    .map(check -> line(target, check, rows, isNow));
                        })
                        .toList());
    }

    /** That another release runs before the switch is what is to be changed, and no fault. */
    private static Line line(String target, String check, List<Evidence.Row> rows, boolean isNow) {
        Phrase says = Say.check(target, check);
        return rows.stream()
                .filter(row -> row.target().equals(target) && isOf(row, check))
                .findFirst()
                .map(row ->
                        new Line(
                                isNow && !row.isIdentity() ? mark(row.finding()) : Mark.NONE,
                                says,
                                Phrase.of("before: {0}", Say.digests(row.seen()))))
                .orElse(new Line(Mark.NONE, says, Phrase.NONE));
    }

    /** A row lacks how long it is waited for. */
    private static boolean isOf(Evidence.Row row, String check) {
        String must = check.startsWith(SHOULD) ? check.substring(SHOULD.length()) : check;
        return must.startsWith(row.check());
    }
}
