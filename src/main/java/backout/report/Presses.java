package backout.report;

import backout.approval.Decision;
import backout.approval.Escalation;
import backout.chat.Button;
import backout.chat.Button.Look;
import backout.chat.Press;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Calls;
import backout.run.Hold;
import backout.run.Method;
import backout.run.Next;
import backout.run.Offer;
import backout.run.Outcome;
import backout.run.ProposalEvent.Pause;
import backout.run.Risks;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The buttons of a run: only what is legal now, and only where the site has the command for it. Who
 * may press is asked at the press.
 */
final class Presses {
    private final Run run;
    private final Site site;
    private final Instant now;

    Presses(Run run, Site site, Instant now) {
        this.run = run;
        this.site = site;
        this.now = now;
    }

    List<Button> legal() {
        if (run.outcome().isPresent()) {
            return present(List.of(toSee(run.outcome().get())));
        }
        Next next = run.next(now);
        boolean ends =
                next instanceof Next.Finish
                        || next instanceof Next.Halt
                        || next instanceof Next.Nothing
                        || (next instanceof Next.Perform(int _, Leg leg) && leg != Leg.FORWARD);
        if (ends || run.cancelled().isPresent()) {
            return List.of();
        }
        if (!run.hasBegunSwitch()) {
            return run.planned().map(this::beforeSwitch).orElse(List.of());
        }
        if (next instanceof Next.Soak) {
            return present(
                    List.of(
                            button(
                                    "cancel",
                                    Phrase.of("End the soak"),
                                    Look.PLAIN,
                                    Phrase.of("It is not watched any longer."))));
        }
        return run.question().isPresent() ? answers(run.plan()) : present(underWay(next));
    }

    /** A pause holds what is not begun yet; what is switched and looked at can be taken back. */
    private List<Optional<Button>> underWay(Next next) {
        if (Hold.of(run).aborted().isPresent() || run.isUndoing()) {
            return List.of();
        }
        boolean mayHold = next instanceof Next.Perform || next instanceof Next.Barrier;
        return List.of(
                hold(mayHold), button("abort", Phrase.of("Abort"), Look.DANGER, abortMeans()));
    }

    private Optional<Button> hold(boolean mayHold) {
        return Hold.of(run).paused(now).isPresent()
                ? button("resume", Phrase.of("Go on"))
                : button("pause", Phrase.of("Pause")).filter(_ -> mayHold);
    }

    /** What cannot be taken back is said before somebody presses. */
    private Phrase abortMeans() {
        List<Phrase> stays = Hold.of(run).stays();
        String from = run.plan().from().name();
        return stays.isEmpty()
                ? Phrase.of("It is taken back: {0} runs again.", from)
                : Phrase.of(
                        "It is taken back: {0} runs again. This stays as it is: {1}",
                        from, Phrase.joined("; ", stays));
    }

    private List<Button> beforeSwitch(RunEvent.Planned planned) {
        Optional<Offer> offer = Offer.of(run);
        if (offer.isPresent()) {
            return offered(offer.get());
        }
        Optional<Button> cancel = button("cancel", Phrase.of("Cancel"), Look.PLAIN, Phrase.NONE);
        if (!run.isConfirmed()) {
            return present(
                    List.of(
                            button("confirm", Phrase.of("Confirm"), Look.PRIMARY, Phrase.NONE),
                            cancel,
                            breakGlass(planned)));
        }
        boolean open = new Approval(run, planned, site, now).decision() instanceof Decision.Pending;
        return open
                ? present(
                        List.of(
                                button("approve", Phrase.of("Approve"), Look.PRIMARY, Phrase.NONE),
                                button("deny", Phrase.of("Deny…"), Look.DANGER, Phrase.NONE),
                                claim(),
                                cancel,
                                nudge(),
                                breakGlass(planned)))
                : present(List.of(hold(true), cancel));
    }

    /**
     * Whoever takes it up has read the plan on this card, so that confirms it too. While a
     * countdown runs the no stands beside it: a chat may fold what stands further back.
     */
    private List<Button> offered(Offer offer) {
        var rollBack = button("confirm", Phrase.of("Roll back"), Look.PRIMARY, Phrase.NONE);
        Optional<Button> fix = mends(offer) ? button("fixed", Phrase.of("Fixed")) : fix();
        var snooze = button("snooze", Phrase.of("Snooze 1 h"));
        var no = button("cancel", Phrase.of("Not an incident"));
        return present(
                offer.begins().isPresent()
                        ? List.of(rollBack, no, decide(), fix, snooze)
                        : List.of(rollBack, fix, decide(), snooze, no));
    }

    private boolean mends(Offer offer) {
        return !offer.proposal().isAsked()
                && offer.held(now).filter(it -> it.why() == Pause.FIX).isPresent();
    }

    /** Begins the clock of whoever tries. */
    Optional<Button> fix() {
        return button("fix", Phrase.of("Trying a fix: 5 min"));
    }

    /** What only people can see is ticked off below the checks. */
    private Optional<Button> toSee(Outcome outcome) {
        return outcome.result() == Outcome.Result.PROVEN
                ? site.target(run.request().target())
                        .flatMap(target -> ByHand.left(site, target))
                        .flatMap(_ -> button("verify", Phrase.of("Look and tick off")))
                : Optional.empty();
    }

    /** Another way back may be the better one where there is another. */
    private Optional<Button> decide() {
        return Method.of(site, run.request().target().name()).size() > 1
                ? button("decide", Phrase.of("Decide…"))
                : Optional.empty();
    }

    private Optional<Button> breakGlass(RunEvent.Planned planned) {
        return planned.policy().votes() > 0 && planned.policy().glassFrom() > 0
                ? button("breakglass", Phrase.of("Break glass\u2026"), Look.DANGER, Phrase.NONE)
                : Optional.empty();
    }

    private Optional<Button> claim() {
        return Calls.of(run)
                .flatMap(calling ->
                        calling.claim().isPresent()
                                ? button("giveback", Phrase.of("Give back"))
                                : button("claim", Phrase.of("I\u2019m on it")));
    }

    private Optional<Button> nudge() {
        return Calls.of(run)
                .flatMap(Escalation::nudgeFrom)
                .flatMap(_ -> button("nudge", Phrase.of("Nudge")));
    }

    private Optional<Button> button(String action, Phrase label) {
        return button(action, label, Look.PLAIN, Phrase.NONE);
    }

    private List<Button> answers(Plan plan) {
        return present(
                List.of(
                        button(
                                "undo",
                                Phrase.of("Undo"),
                                Look.DANGER,
                                plan.isFromNothing()
                                        ? Phrase.of("It is down again, as before the rollback.")
                                        : Phrase.of(
                                                "{0} runs again, as before the rollback.",
                                                plan.from().name())),
                        button(
                                "keep",
                                Phrase.of("Keep it"),
                                Look.PLAIN,
                                Phrase.of(
                                        "{0} stays, although it is not proven.",
                                        plan.to().name()))));
    }

    private static List<Button> present(List<Optional<Button>> buttons) {
        return buttons.stream().flatMap(Optional::stream).toList();
    }

    private Optional<Button> button(String action, Phrase label, Look look, Phrase sure) {
        String plan = run.planned().map(planned -> planned.plan().hash()).orElse("");
        return Card.command(site, action)
                .map(command -> {
                    var press = new Press(action, run.id().text(), plan);
                    return switch (new Risks(site, run).of(command)) {
                        case BUTTON -> new Button(label, look, press, sure);
                        case DIALOG ->
                                new Button(label, look, press, sure.isEmpty() ? means() : sure);
                        case TYPED ->
                                new Button(Phrase.of("{0}\u2026", label), look, press, Phrase.NONE);
                    };
                });
    }

    /** What is said before a press counts that says nothing of its own. */
    private Phrase means() {
        String target = Say.about(run);
        return run.planned()
                .map(planned -> planned.plan())
                .map(plan ->
                        Phrase.of(
                                "This is about {0}: {1} → {2}.",
                                target, plan.from().name(), plan.to().name()))
                .orElse(Phrase.of("This is about {0}.", target));
    }
}
