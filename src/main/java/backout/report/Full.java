package backout.report;

import backout.chat.Block;
import backout.chat.Block.Field;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Moment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that a plan says, word for word, and what its checks saw: what is said yes to. */
final class Full {
    private final List<Block> blocks = new ArrayList<>();

    private Full() {}

    /** Of a plan that nobody runs. */
    static List<Block> of(Plan plan) {
        var full = new Full();
        full.plan(plan, Steps.of(plan), Before.proof(plan));
        return List.copyOf(full.blocks);
    }

    /** The plan as it was made, for who reads along. */
    static List<Block> ofPlan(Run run) {
        var full = new Full();
        full.plan(run.plan(), Steps.of(run), Before.proof(run));
        return List.copyOf(full.blocks);
    }

    /**
     * As it stands: how far its steps are, what was seen. What was read before the yes is not
     * repeated below what comes of it. Nothing before there is a plan.
     */
    static List<Block> of(Run run, Site site, Instant now) {
        var full = new Full();
        run.planned().ifPresent(planned -> full.run(run, planned, site, now));
        return List.copyOf(full.blocks);
    }

    private void run(Run run, RunEvent.Planned planned, Site site, Instant now) {
        boolean over = run.outcome().isPresent();
        boolean decided = over || run.hasBegunSwitch();
        releases(planned.plan());
        blocks.add(new Block.Lines(over ? Phrase.of("Plan") : Steps.title(run), Steps.of(run)));
        if (!decided) {
            facts(planned.plan());
        }
        if (!over && run.checked(Moment.AFTER_SWITCH).isEmpty()) {
            blocks.add(Before.proof(run));
        }
        blocks.addAll(Proof.of(run));
        if (!decided) {
            notes(planned.plan());
        }
        var approval = new Approval(run, planned, site, now);
        blocks.add(new Block.Fields(List.of(new Field(Phrase.of("approval"), approval.says()))));
    }

    private void plan(Plan plan, List<Line> steps, Block proof) {
        releases(plan);
        blocks.add(new Block.Lines(Phrase.of("Plan"), steps));
        facts(plan);
        blocks.add(proof);
        notes(plan);
    }

    private void releases(Plan plan) {
        plan.parts()
                .forEach(part -> {
                    var fields = new ArrayList<Field>();
                    if (plan.parts().size() > 1) {
                        fields.add(new Field(Phrase.of("target"), Phrase.of("{0}", part.target())));
                    }
                    fields.add(new Field(Phrase.of("from"), shown(part.from())));
                    fields.add(new Field(Phrase.of("to"), shown(part.to())));
                    fields.add(new Field(Phrase.of("why this one"), part.why()));
                    blocks.add(new Block.Fields(fields));
                });
    }

    private void facts(Plan plan) {
        if (!plan.facts().isEmpty()) {
            blocks.add(
                    new Block.Fields(
                            plan.facts().stream()
                                    .map(fact -> new Field(fact.label(), fact.value()))
                                    .toList()));
        }
    }

    private static Phrase shown(Plan.Shown release) {
        boolean saysMore =
                !release.age().isEmpty() && !release.age().toString().equals(release.name());
        String identity = Say.digests(release.identity());
        return saysMore
                ? Phrase.of("{0} ({1})  {2}", release.name(), release.age(), identity)
                : Phrase.of("{0}  {1}", release.name(), identity);
    }

    private void notes(Plan plan) {
        lines(Phrase.of("Know before you say yes"), Mark.WARNING, plan.warnings());
        lines(Phrase.of("Stays as it is even if this is undone"), Mark.NONE, plan.willNotUndo());
    }

    private void lines(Phrase title, Mark mark, List<Phrase> texts) {
        if (!texts.isEmpty()) {
            blocks.add(
                    new Block.Lines(
                            title,
                            texts.stream()
                                    .map(text -> new Line(mark, text, Phrase.NONE))
                                    .toList()));
        }
    }
}
