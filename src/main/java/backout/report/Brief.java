package backout.report;

import backout.chat.Block;
import backout.chat.Block.Field;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Condition;
import backout.run.Offer;
import backout.run.Proposal;
import backout.run.Run;
import backout.run.RunEvent.Moment;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a tired person must know of a run before they press, on one screen of a phone. */
final class Brief {
    private static final Set<Mark> AT_WORK = EnumSet.of(Mark.RUNNING, Mark.FAILED);

    private final Run run;
    private final Optional<Condition> known;

    /**
     * @param known how the target was at the last look beside runs
     */
    Brief(Run run, Optional<Condition> known) {
        this.run = run;
        this.known = known;
    }

    /** How the service is; what was read for this run goes before what was known. */
    Optional<Block> service() {
        if (run.hasBegunSwitch() || run.planned().isEmpty()) {
            return Optional.empty();
        }
        return run.checked(Moment.BASELINE)
                .map(read -> Before.line(read, known))
                .or(() ->
                        fact(run.plan(), Plan.Fact.SERVICE)
                                .map(says -> new Line(Mark.NONE, Before.says(says), Phrase.NONE)))
                .map(line -> new Block.Lines(Phrase.NONE, List.of(line)));
    }

    /** From where to where and why, how long and at which risk, who asked. */
    Block fields() {
        var fields = new ArrayList<Field>();
        if (run.question().isEmpty()) {
            run.planned().ifPresent(planned -> fields.addAll(plan(planned.plan())));
        }
        if (Offer.of(run).isEmpty()) {
            fields.add(new Field(Phrase.of("asked by"), asked()));
        }
        return new Block.Fields(fields);
    }

    private Phrase asked() {
        String reason = run.request().reason();
        return reason.isEmpty()
                ? Proposal.of(run.request())
                        .map(seen -> Phrase.of("{0}: {1}", run.requester(), Say.check(seen.what())))
                        .orElse(Phrase.of("{0}, no reason given", run.requester()))
                : Phrase.of("{0}: {1}", run.requester(), reason);
    }

    private List<Field> plan(Plan plan) {
        var fields = new ArrayList<Field>();
        boolean decided = run.hasBegunSwitch();
        boolean alone = plan.parts().size() == 1;
        plan.parts()
                .forEach(part -> {
                    Phrase ways = Phrase.of("{0} → {1}", part.from().name(), part.to().name());
                    fields.add(
                            new Field(
                                    alone ? Phrase.of("release") : Phrase.of("{0}", part.target()),
                                    decided ? ways : Phrase.of("{0}, {1}", ways, part.why())));
                });
        if (!decided) {
            fact(plan, Plan.Fact.DOWNTIME)
                    .ifPresent(says -> fields.add(new Field(Phrase.of("downtime"), says)));
            fact(plan, Plan.Fact.TIME)
                    .ifPresent(says -> fields.add(new Field(Phrase.of("time"), says)));
            fact(plan, Plan.Fact.DATA)
                    .ifPresent(says -> fields.add(new Field(Plan.Fact.DATA, says)));
            fact(plan, Plan.Fact.ON_CALL)
                    .ifPresent(says -> fields.add(new Field(Plan.Fact.ON_CALL, says)));
        }
        return fields;
    }

    /** A plan of several targets has one of each. */
    private static Optional<Phrase> fact(Plan plan, Phrase label) {
        List<Phrase> all =
                plan.facts().stream()
                        .filter(fact -> fact.label().equals(label))
                        .map(Plan.Fact::value)
                        .distinct()
                        .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(Phrase.joined("; ", all));
    }

    /** The first of them, and how many more there are. */
    Optional<Block> warnings() {
        List<Phrase> all =
                run.planned().map(planned -> planned.plan().warnings()).orElse(List.of());
        if (all.isEmpty() || run.hasBegunSwitch()) {
            return Optional.empty();
        }
        int more = all.size() - 1;
        Phrase note = more == 0 ? Phrase.NONE : Phrase.of("{0} more to know, see it in full", more);
        return Optional.of(
                new Block.Lines(
                        Phrase.NONE, List.of(new Line(Mark.WARNING, all.getFirst(), note))));
    }

    /** How far it is; at which step where the service feels it. Nothing while none is at work. */
    Optional<Block> progress() {
        List<Line> at =
                run.planned().isEmpty()
                        ? List.of()
                        : Steps.of(run).stream()
                                .filter(line -> AT_WORK.contains(line.mark()))
                                .toList();
        List<Line> told = run.hasBegunSwitch() ? at : List.of();
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Lines(Steps.title(run), told));
    }
}
