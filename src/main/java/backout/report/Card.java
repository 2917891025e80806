package backout.report;

import backout.approval.Decision;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The card of a run: what, from where to where and why, who must say yes, how far it is, what
 * proved it. Made anew from the journal each time; a chat edits the one it has.
 */
public final class Card {
    /** The press that asks for a release where none is proven good; no command has that name. */
    public static final String CHOOSE = "choose";

    private final Run run;
    private final Site site;
    private final Instant now;
    private final boolean locks;

    private Card(Run run, Site site, Instant now, boolean locks) {
        this.run = run;
        this.site = site;
        this.now = now;
        this.locks = locks;
    }

    /** As it is when the run ends: what it proved holds the lock. */
    public static Message of(Run run, Site site, Instant now) {
        return of(run, site, now, true);
    }

    /**
     * @param locks whether the run still holds its target's lock
     */
    public static Message of(Run run, Site site, Instant now, boolean locks) {
        Instant at = run.outcome().isPresent() ? run.events().getLast().at() : now;
        return new Card(run, site, at, locks).message();
    }

    /** The same of a journal that may tell of an unlock since. */
    public static Message of(Run run, Site site, Instant now, Journal journal) {
        return of(run, site, now, locks(run, journal));
    }

    /** Only what was proven ever locked anything. */
    public static boolean locks(Run run, Journal journal) {
        return run.proven().isPresent()
                && Ledger.of(journal.read(run.request().target())).isLockedBy(run.id().text());
    }

    /** The command that does this, by whichever name the site calls it. */
    public static Optional<CommandSpec> command(Site site, String does) {
        return site.commands().stream().filter(spec -> spec.does().equals(does)).findFirst();
    }

    /** A plan that nobody runs. */
    public static Message ofPlan(Plan plan) {
        Phrase heading = Phrase.of("Plan for {0} (nothing is done)", plan.target());
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading));
        blocks.add(new Block.Fields(releases(plan)));
        blocks.add(new Block.Lines(Phrase.of("Plan"), Steps.of(plan)));
        addFacts(plan, blocks);
        blocks.add(Before.proof(plan));
        addNotes(plan, blocks);
        blocks.add(new Block.Small(Phrase.of("plan {0}", plan.hash())));
        return new Message(heading, blocks);
    }

    private Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading()));
        run.outcome()
                .ifPresent(outcome -> {
                    blocks.add(Ending.block(run, outcome, locks));
                    blocks.addAll(Ending.byHand(outcome.byHand()));
                });
        Doing.block(run, now).ifPresent(blocks::add);
        changes().ifPresent(blocks::add);
        run.question()
                .ifPresent(asked -> {
                    blocks.add(question(asked));
                    clock().ifPresent(blocks::add);
                });
        Before.of(run).ifPresent(blocks::add);
        blocks.add(new Block.Fields(what()));
        boolean seen = run.outcome().isPresent() || run.question().isPresent();
        if (seen) {
            blocks.addAll(Proof.of(run));
        }
        run.planned().ifPresent(planned -> planBlocks(planned, blocks));
        if (!seen) {
            clock().ifPresent(blocks::add);
            blocks.addAll(Proof.of(run));
        }
        blocks.add(new Block.Small(ids()));
        List<Button> buttons = new Presses(run, site, now).legal();
        if (!buttons.isEmpty()) {
            blocks.add(new Block.Buttons(buttons));
        }
        return new Message(summary(), blocks);
    }

    /** What to look at again, as long as somebody is to say yes to it. */
    private Optional<Block> changes() {
        boolean decided = run.isConfirmed() && pending().isEmpty();
        return decided || run.hasBegunSwitch() || run.outcome().isPresent()
                ? Optional.empty()
                : Changes.block(run);
    }

    private Phrase heading() {
        Phrase what = Phrase.of("Roll back {0}", place());
        return run.outcome()
                .map(outcome -> Phrase.of("{0}: {1}", what, Ending.verdict(outcome)))
                .orElse(what);
    }

    /** Severity where one was said; the host where it is not the bot's own. */
    private String place() {
        String severity = run.request().values().getOrDefault("severity", "");
        String host =
                site.target(run.request().target())
                        .map(Target::host)
                        .filter(name -> !name.equals("local"))
                        .orElse("");
        return Stream.of(run.request().target().toString(), severity.toUpperCase(Locale.ROOT), host)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** What a phone shows: what, and what it waits for. */
    private Phrase summary() {
        boolean waits = run.outcome().isEmpty();
        return waits && run.next(now) instanceof Next.Wait(Instant _, Phrase what)
                ? Phrase.of(
                        "{0} (run {1}, {2}): waits for {3}",
                        heading(), run.id(), run.requester(), what)
                : Phrase.of("{0} (run {1}, {2})", heading(), run.id(), run.requester());
    }

    private static List<Block.Field> releases(Plan plan) {
        return List.of(
                field(Phrase.of("from"), shown(plan.from())),
                field(Phrase.of("to"), shown(plan.to())),
                field(Phrase.of("why this one"), plan.why()));
    }

    private static Phrase shown(Plan.Shown release) {
        boolean saysMore =
                !release.age().isEmpty() && !release.age().toString().equals(release.name());
        String identity = Say.digests(release.identity());
        return saysMore
                ? Phrase.of("{0} ({1})  {2}", release.name(), release.age(), identity)
                : Phrase.of("{0}  {1}", release.name(), identity);
    }

    private List<Block.Field> what() {
        var fields = new ArrayList<Block.Field>();
        run.planned().ifPresent(planned -> fields.addAll(releases(planned.plan())));
        String reason = run.request().reason();
        fields.add(
                field(
                        Phrase.of("asked by"),
                        reason.isEmpty()
                                ? Phrase.of("{0}, no reason given", run.requester())
                                : Phrase.of("{0}, because {1}", run.requester(), reason)));
        return fields;
    }

    /** What was read before the yes is not repeated below what came of it. */
    private void planBlocks(RunEvent.Planned planned, List<Block> blocks) {
        Phrase title = run.outcome().isPresent() ? Phrase.of("Plan") : Steps.title(run);
        blocks.add(new Block.Lines(title, Steps.of(run)));
        boolean decided = run.hasBegunSwitch() || run.outcome().isPresent();
        if (!decided) {
            addFacts(planned.plan(), blocks);
        }
        if (run.outcome().isEmpty() && run.checked(RunEvent.Moment.AFTER_SWITCH).isEmpty()) {
            blocks.add(Before.proof(run));
        }
        if (!decided) {
            addNotes(planned.plan(), blocks);
        }
        var approval = new Approval(run, planned, site, now);
        blocks.add(new Block.Fields(List.of(field(Phrase.of("approval"), approval.says()))));
    }

    private static void addFacts(Plan plan, List<Block> blocks) {
        if (!plan.facts().isEmpty()) {
            blocks.add(
                    new Block.Fields(
                            plan.facts().stream()
                                    .map(fact -> field(fact.label(), fact.value()))
                                    .toList()));
        }
    }

    private static void addNotes(Plan plan, List<Block> blocks) {
        if (!plan.warnings().isEmpty()) {
            blocks.add(
                    marked(
                            Phrase.of("Know before you say yes"),
                            Block.Mark.WARNING,
                            plan.warnings()));
        }
        if (!plan.willNotUndo().isEmpty()) {
            blocks.add(
                    lines(Phrase.of("Stays as it is even if this is undone"), plan.willNotUndo()));
        }
    }

    private static Block lines(Phrase title, List<Phrase> texts) {
        return marked(title, Block.Mark.NONE, texts);
    }

    private static Block marked(Phrase title, Block.Mark mark, List<Phrase> texts) {
        return new Block.Lines(
                title,
                texts.stream().map(text -> new Block.Line(mark, text, Phrase.NONE)).toList());
    }

    private Optional<Block> clock() {
        return switch (run.next(now)) {
            case Next.Wait(Instant until, Phrase what) -> Optional.of(clock(what, until));
            case Next.Soak(Instant until) ->
                    Optional.of(clock(Phrase.of("the end of the soak"), until));
            case Next.Perform _, Next.Check _
                    when run.isConfirmed() && !run.hasBegunSwitch() && pending().isPresent() ->
                    pending().map(open -> clock(votes(open), open.until()));
            default -> Optional.empty();
        };
    }

    private Optional<Decision.Pending> pending() {
        return run.planned()
                .map(planned -> new Approval(run, planned, site, now).decision())
                .filter(Decision.Pending.class::isInstance)
                .map(Decision.Pending.class::cast);
    }

    private static Phrase votes(Decision.Pending open) {
        return Phrase.count(open.missing(), "{0} vote", "{0} votes");
    }

    private Block clock(Phrase what, Instant until) {
        return new Block.Clock(Phrase.of("Waits for {0}", what), until, Say.left(now, until));
    }

    private Block question(RunEvent.Asked asked) {
        return lines(
                Phrase.of("A person must decide"),
                List.of(
                        Phrase.of("Not proven to be well: {0}", Say.check(asked.why())),
                        run.plan().isFromNothing()
                                ? Phrase.of(
                                        "undo {0}   takes the rollback back: it is down again",
                                        run.id())
                                : Phrase.of(
                                        "undo {0}   takes the rollback back: {1} runs again",
                                        run.id(), run.plan().from().name()),
                        Phrase.of("keep {0}   leaves it as it is now", run.id()),
                        Phrase.of(
                                "no answer   until {0}: it is left as it is then, the run ends, and"
                                        + " undo {1} is too late",
                                asked.until(), run.id())));
    }

    private Phrase ids() {
        return run.planned()
                .map(planned -> Phrase.of("run {0} · plan {1}", run.id(), planned.plan().hash()))
                .orElse(Phrase.of("run {0}", run.id()));
    }

    private static Block.Field field(Phrase label, Phrase value) {
        return new Block.Field(label, value);
    }
}
