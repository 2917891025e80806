package backout.report;

import backout.approval.Decision;
import backout.approval.Person;
import backout.approval.Policy;
import backout.chat.Block;
import backout.chat.Message;
import backout.plan.Plan;
import backout.plan.Step;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The card of a run: what, from where to where and why, who must say yes, how far it is, what
 * proved it.
 */
public final class Card {
    private final Run run;
    private final Collection<Person> people;
    private final Instant now;

    private Card(Run run, Collection<Person> people, Instant now) {
        this.run = run;
        this.people = people;
        this.now = now;
    }

    public static Message of(Run run, Collection<Person> people, Instant now) {
        return new Card(run, people, now).message();
    }

    /** A plan that nobody runs. */
    public static Message ofPlan(Plan plan) {
        var fields = new ArrayList<Block.Field>();
        fields.add(field("from", shown(plan.from())));
        fields.add(field("to", shown(plan.to())));
        fields.add(field("why this one", plan.why()));
        plan.facts().forEach(fact -> fields.add(field(fact.label(), fact.value())));
        fields.add(field("plan", plan.hash()));
        var blocks = new ArrayList<Block>();
        String heading = "Plan for " + plan.target() + " (nothing is done)";
        blocks.add(new Block.Heading(heading));
        blocks.add(new Block.Fields(fields));
        var steps = new ArrayList<Block.Line>();
        for (int index = 0; index < plan.steps().size(); index++) {
            steps.add(new Block.Line(Block.Mark.TO_DO, stepText(plan, index), ""));
        }
        blocks.add(new Block.Lines("Plan", steps));
        addNotes(plan, blocks);
        return new Message(heading, blocks);
    }

    private Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading()));
        blocks.add(new Block.Fields(fields()));
        if (!run.planChanges().isEmpty()) {
            blocks.add(lines("The plan changed, please look again", run.planChanges()));
        }
        run.planned().ifPresent(planned -> planBlocks(planned, blocks));
        run.question().ifPresent(asked -> blocks.add(question(asked)));
        latest().ifPresent(checked -> proof(checked, blocks));
        run.outcome().ifPresent(outcome -> ending(outcome, blocks));
        return new Message(heading(), blocks);
    }

    private String heading() {
        String what = "Roll back " + run.request().target();
        return run.outcome()
                .map(outcome -> what + ": " + verdict(outcome))
                .orElse(what + " (run " + run.id() + ")");
    }

    private static String verdict(Outcome outcome) {
        return switch (outcome.result()) {
            case PROVEN -> "done and proven";
            case UNDONE -> "undone";
            case KEPT -> "not well, left as it is";
            case NOTHING_CHANGED -> "stopped, nothing changed";
            case UNDO_FAILED -> "FAILED, and the undo failed too";
            case NOT_APPROVED -> "not done";
            case UNKNOWN -> "nobody could tell";
        };
    }

    private List<Block.Field> fields() {
        var fields = new ArrayList<Block.Field>();
        run.planned()
                .ifPresent(planned -> {
                    fields.add(field("from", shown(planned.plan().from())));
                    fields.add(field("to", shown(planned.plan().to())));
                    fields.add(field("why this one", planned.plan().why()));
                });
        String reason = run.request().reason();
        fields.add(
                field(
                        "asked by",
                        run.requester()
                                + (reason.isEmpty()
                                        ? ", no reason given"
                                        : ", because " + reason)));
        run.planned()
                .ifPresent(planned -> {
                    planned.plan()
                            .facts()
                            .forEach(fact -> fields.add(field(fact.label(), fact.value())));
                    fields.add(field("approval", approval(planned)));
                    fields.add(field("run, plan", run.id() + ", " + planned.plan().hash()));
                });
        return fields;
    }

    private static String shown(Plan.Shown release) {
        return release.name()
                + (release.age().isEmpty() ? "" : " (" + release.age() + ")")
                + "  "
                + release.identity();
    }

    private String approval(RunEvent.Planned planned) {
        Policy policy = planned.policy();
        if (policy.votes() == 0) {
            return run.isConfirmed()
                    ? "confirmed by " + run.requester()
                    : "needs the confirmation of " + run.requester();
        }
        Decision decision =
                policy.decide(
                        run.votes(),
                        run.requester(),
                        planned.plan().hash(),
                        planned.at(),
                        planned.at());
        return switch (decision) {
            case Decision.Approved(List<String> by) -> "approved by " + String.join(", ", by);
            case Decision.Denied(String by, String _) -> "denied by " + by;
            case Decision.Pending(int missing, Instant _) ->
                    (policy.votes() - missing) + " of " + policy.votes() + ", " + needs(policy);
            case Decision.Expired _ -> "expired";
        };
    }

    private String needs(Policy policy) {
        return "needs L"
                + policy.from()
                + ", not "
                + run.requester()
                + ": "
                + String.join(", ", policy.voters(run.requester(), people));
    }

    private void planBlocks(RunEvent.Planned planned, List<Block> blocks) {
        blocks.add(new Block.Lines("Plan", steps(planned.plan())));
        addNotes(planned.plan(), blocks);
    }

    private static void addNotes(Plan plan, List<Block> blocks) {
        blocks.add(lines("Proof", plan.checks()));
        if (!plan.warnings().isEmpty()) {
            blocks.add(marked("Know before you say yes", Block.Mark.WARNING, plan.warnings()));
        }
        if (!plan.willNotUndo().isEmpty()) {
            blocks.add(lines("Stays as it is even if this is undone", plan.willNotUndo()));
        }
    }

    private List<Block.Line> steps(Plan plan) {
        var lines = new ArrayList<Block.Line>();
        for (int index = 0; index < plan.steps().size(); index++) {
            lines.add(new Block.Line(mark(index), stepText(plan, index), note(index)));
        }
        return lines;
    }

    private static String stepText(Plan plan, int index) {
        Step step = plan.steps().get(index);
        return (index + 1)
                + ". "
                + step.says()
                + (step.phase() == Step.Phase.SWITCH ? "  [the downtime]" : "");
    }

    private Block.Mark mark(int index) {
        Block.Mark mark = Block.Mark.TO_DO;
        for (RunEvent event : run.events()) {
            mark =
                    switch (event) {
                        case RunEvent.StepBegan e
                                when e.step() == index && e.leg() == Leg.FORWARD ->
                                Block.Mark.RUNNING;
                        case RunEvent.StepDone e when e.step() == index && e.leg() == Leg.FORWARD ->
                                Block.Mark.DONE;
                        case RunEvent.StepFailed e when e.step() == index -> Block.Mark.FAILED;
                        case RunEvent.Planned _ -> Block.Mark.TO_DO;
                        default -> mark;
                    };
        }
        return mark;
    }

    private String note(int index) {
        String note = "";
        for (RunEvent event : run.events()) {
            note =
                    switch (event) {
                        case RunEvent.StepDone e when e.step() == index ->
                                e.leg() == Leg.FORWARD ? e.note() : "taken back: " + e.note();
                        case RunEvent.Planned _ -> "";
                        default -> note;
                    };
        }
        return note;
    }

    private static Block lines(String title, List<String> texts) {
        return marked(title, Block.Mark.NONE, texts);
    }

    private static Block marked(String title, Block.Mark mark, List<String> texts) {
        return new Block.Lines(
                title, texts.stream().map(text -> new Block.Line(mark, text, "")).toList());
    }

    private Block question(RunEvent.Asked asked) {
        return lines(
                "A person must decide, within "
                        + Say.duration(java.time.Duration.between(now, asked.until())),
                List.of(
                        asked.why(),
                        "undo "
                                + run.id()
                                + "   takes the rollback back: "
                                + run.plan().from().name()
                                + " runs again",
                        "keep " + run.id() + "   leaves it as it is now"));
    }

    private Optional<RunEvent.Checked> latest() {
        return run.checked(Moment.AFTER_UNDO)
                .or(() -> run.checked(Moment.SOAK))
                .or(() -> run.checked(Moment.AFTER_SWITCH));
    }

    private void proof(RunEvent.Checked checked, List<Block> blocks) {
        var before = run.checked(Moment.BASELINE).map(RunEvent.Checked::evidence);
        var rows =
                checked.evidence().rows().stream()
                        .map(row ->
                                List.of(
                                        row.check(),
                                        seenBefore(before, row),
                                        row.seen(),
                                        word(row)))
                        .toList();
        blocks.add(
                new Block.Table(
                        "Verification", List.of("check", "before", "now", "verdict"), rows));
        if (!checked.evidence().log().isEmpty() && !checked.evidence().isWell()) {
            blocks.add(new Block.Code("Last log lines", checked.evidence().log()));
        }
    }

    private static String seenBefore(Optional<Evidence> before, Evidence.Row row) {
        return before.stream()
                .flatMap(evidence -> evidence.rows().stream())
                .filter(old -> old.check().equals(row.check()))
                .findFirst()
                .map(Evidence.Row::seen)
                .orElse("");
    }

    private static String word(Evidence.Row row) {
        String verdict = row.finding().name().toLowerCase(java.util.Locale.ROOT);
        return row.finding() == Finding.WELL || row.must() ? verdict : verdict + " (noted)";
    }

    private void ending(Outcome outcome, List<Block> blocks) {
        blocks.add(new Block.Text(outcome.says()));
        if (!outcome.next().isEmpty()) {
            blocks.add(new Block.Text("Next: " + outcome.next()));
        }
        if (outcome.result() == Outcome.Result.PROVEN) {
            blocks.add(
                    new Block.Text(
                            run.request().target()
                                    + " is locked against going forward again; lift it with: unlock"
                                    + " "
                                    + run.request().target().name()));
        }
    }

    private static Block.Field field(String label, String value) {
        return new Block.Field(label, value);
    }
}
