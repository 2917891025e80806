package backout.report;

import backout.approval.Decision;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Glass;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.run.Condition;
import backout.run.Forward;
import backout.run.Freezes;
import backout.run.Head;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Offer;
import backout.run.Outcome;
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
 * The card of a run: at a glance what, how the service is, from where to where and why, whose yes
 * is missing until when, and what can be pressed ({@link Brief}); in its details all of it word for
 * word ({@link Full}). Made anew from the journal each time; a chat edits the one it has.
 */
public final class Card {
    /** The press that asks for a release where none is proven good; no command has that name. */
    public static final String CHOOSE = "choose";

    /** The press that asks for a plan that was shown; no command has that name. */
    public static final String ASK = "ask";

    private final Run run;
    private final Site site;
    private final Instant now;
    private final boolean locks;
    private final Optional<Condition> known;
    private final Optional<Head> sealed;
    private final Optional<Glass> glass;

    private Card(
            Run run,
            Site site,
            Instant now,
            boolean locks,
            Optional<Condition> known,
            Optional<Head> sealed,
            Optional<Glass> glass) {
        this.run = run;
        this.site = site;
        this.now = now;
        this.locks = locks;
        this.known = known;
        this.sealed = sealed;
        this.glass = glass;
    }

    /** As it is when the run ends: what it proved holds the lock. */
    public static Message of(Run run, Site site, Instant now) {
        return of(run, site, now, true);
    }

    /**
     * @param locks whether the run still holds its target's lock
     */
    public static Message of(Run run, Site site, Instant now, boolean locks) {
        return of(run, site, now, locks, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Message of(
            Run run,
            Site site,
            Instant now,
            boolean locks,
            Optional<Condition> known,
            Optional<Head> sealed,
            Optional<Glass> glass) {
        Instant at = run.outcome().isPresent() ? run.events().getLast().at() : now;
        return new Card(run, site, at, locks, known, sealed, glass).message();
    }

    /**
     * The same of a journal that may tell of an unlock since, and since when it is unwell; with its
     * place in the chain once it is over.
     */
    public static Message of(Run run, Site site, Instant now, Journal journal) {
        Optional<Condition> known = journal.condition(run.request().target());
        boolean locks = locks(run, journal);
        Message card =
                of(run, site, now, locks, known, sealed(run, journal), Unvoted.known(run, journal));
        return run.outcome().isPresent() || run.hasBegunSwitch()
                ? card
                : Freezes.of(journal)
                        .on(run, now)
                        .map(freeze -> card.saying(Freezes.refusal(freeze, site).phrase()))
                        .orElse(card);
    }

    /** Nothing follows then: what is shown stays true. */
    static Optional<Head> sealed(Run run, Journal journal) {
        return run.outcome().flatMap(_ -> journal.sealed(run.id()));
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
        Phrase heading = Phrase.of("Plan for {0} (nothing is done)", Say.targets(plan));
        var blocks = new ArrayList<Block>(List.of(new Block.Heading(heading)));
        blocks.addAll(Full.of(plan));
        blocks.add(new Block.Small(Phrase.of("plan {0}", plan.hash())));
        return new Message(heading, blocks);
    }

    private Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading()));
        Unvoted.badge(run, glass).ifPresent(blocks::add);
        run.outcome().ifPresentOrElse(outcome -> over(outcome, blocks), () -> open(blocks));
        List<Button> buttons = new Presses(run, site, now).legal();
        if (!buttons.isEmpty()) {
            blocks.add(new Block.Buttons(buttons));
        }
        blocks.add(new Block.Small(ids()));
        return new Message(summary(), blocks, Full.of(run, site, now));
    }

    private void over(Outcome outcome, List<Block> blocks) {
        blocks.add(Ending.block(run, outcome, site, locks));
        blocks.addAll(Ending.byHand(outcome.byHand()));
    }

    private void open(List<Block> blocks) {
        Optional<Offer> offer = Offer.of(run);
        offer.ifPresent(it -> blocks.addAll(Proposed.blocks(it, run.requester())));
        var brief = new Brief(run, known);
        boolean steps =
                run.next(now) instanceof Next.Perform(int _, RunEvent.Leg leg)
                        && leg == RunEvent.Leg.FORWARD;
        brief.progress().filter(_ -> steps).or(() -> Doing.block(run, now)).ifPresent(blocks::add);
        List<Block.Line> hooks = HookFailures.lines(run);
        if (!hooks.isEmpty()) {
            blocks.add(new Block.Lines(Phrase.NONE, hooks));
        }
        changes().ifPresent(blocks::add);
        run.question().ifPresent(asked -> blocks.add(question(asked)));
        brief.service().filter(_ -> offer.isEmpty()).ifPresent(blocks::add);
        blocks.add(brief.fields());
        brief.warnings().filter(_ -> offer.isEmpty()).ifPresent(blocks::add);
        clock().ifPresent(blocks::add);
        Calling.block(run, now).ifPresent(blocks::add);
    }

    /** What to look at again, as long as somebody is to say yes to it. */
    private Optional<Block> changes() {
        boolean decided = run.isConfirmed() && pending().isEmpty();
        return decided || run.hasBegunSwitch() || run.outcome().isPresent()
                ? Optional.empty()
                : Changes.block(run);
    }

    private Phrase heading() {
        Phrase what =
                Offer.of(run).filter(it -> !it.proposal().isAsked()).isPresent()
                                && run.outcome().isEmpty()
                        ? Phrase.of("{0} is unwell: roll it back?", place())
                        : Forward.is(run)
                                ? Phrase.of("Go forward again: {0}", place())
                                : Phrase.of("Roll back {0}", place());
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
        return Stream.of(Say.about(run), severity.toUpperCase(Locale.ROOT), host)
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

    private static Block lines(Phrase title, List<Phrase> texts) {
        return new Block.Lines(
                title,
                texts.stream()
                        .map(text -> new Block.Line(Block.Mark.NONE, text, Phrase.NONE))
                        .toList());
    }

    private Optional<Block> clock() {
        Optional<Decision.Pending> open =
                run.isConfirmed() && !run.hasBegunSwitch() ? pending() : Optional.empty();
        return switch (run.next(now)) {
            case Next.Wait _ when open.isPresent() -> open.map(this::votes);
            case Next.Wait(Instant until, Phrase what) -> Optional.of(clock(what, until));
            case Next.Soak(Instant until) ->
                    Optional.of(clock(Phrase.of("the end of the soak"), until));
            case Next.Perform _, Next.Check _, Next.Call _ -> open.map(this::votes);
            default -> Optional.empty();
        };
    }

    private Optional<Decision.Pending> pending() {
        return approval().flatMap(Approval::pending);
    }

    private Optional<Approval> approval() {
        return run.planned().map(planned -> new Approval(run, planned, site, now));
    }

    /** Whose yes is missing until when. */
    private Block votes(Decision.Pending open) {
        return clock(approval().orElseThrow().missing(open.missing()), open.until());
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
                        Phrase.of("no answer   it is kept, and undo is too late then")));
    }

    /** A card that is folded still says who wanted it. */
    private Phrase ids() {
        Phrase ids =
                run.planned()
                        .map(planned ->
                                Phrase.of("run {0} · plan {1}", run.id(), planned.plan().hash()))
                        .orElse(Phrase.of("run {0}", run.id()));
        if (run.outcome().isEmpty()) {
            return ids;
        }
        var said = new ArrayList<>(List.of(asked()));
        approval().map(Approval::says).ifPresent(said::add);
        said.add(ids);
        sealed.map(Card::audit).ifPresent(said::add);
        return Phrase.joined(" · ", said);
    }

    static Phrase audit(Head head) {
        return Phrase.of("audit {0}", head.text());
    }

    private Phrase asked() {
        String reason = run.request().reason();
        return reason.isEmpty()
                ? Phrase.of("asked by {0}", run.requester())
                : Phrase.of("asked by {0}, because {1}", run.requester(), reason);
    }
}
