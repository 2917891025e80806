package backout.run;

import backout.language.Phrase;
import backout.run.ProposalEvent.Held;
import backout.run.ProposalEvent.LeftToPeople;
import backout.run.ProposalEvent.Obsolete;
import backout.run.ProposalEvent.TakenUp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A rollback that the bot or a program proposes and nobody has taken up: what it waits for. */
public final class Offer {
    /** How long "trying a fix" lasts: the time that the runbook gives a developer alone. */
    public static final Duration FIX = Duration.ofMinutes(5);

    public static final Duration SNOOZE = Duration.ofHours(1);

    /** What nobody wanted for a day is no news any more. */
    static final Duration EXPIRES = Duration.ofDays(1);

    private final Run run;
    private final Proposal proposal;
    private @Nullable Held held;
    private @Nullable Obsolete obsolete;
    private @Nullable Phrase left;

    private Offer(Run run, Proposal proposal) {
        this.run = run;
        this.proposal = proposal;
        run.events().forEach(this::fold);
    }

    /** Empty for what a person asked for, and for what was taken up. */
    public static Optional<Offer> of(Run run) {
        boolean isTakenUp = run.isAutomatic() || !run.requester().equals(run.request().requester());
        return isTakenUp
                ? Optional.empty()
                : Proposal.of(run.request()).map(it -> new Offer(run, it));
    }

    private void fold(RunEvent event) {
        switch (event) {
            case Held e -> held = e;
            case Obsolete e -> obsolete = e;
            case LeftToPeople e -> {
                left = e.why();
                held = isFixed() ? null : held;
            }
            case TakenUp _ -> left = Phrase.of("what the plan stands on had changed");
            default -> {}
        }
    }

    public Proposal proposal() {
        return proposal;
    }

    /**
     * Why it does not begin by itself although it might have; empty where nothing is in the way.
     */
    public Optional<Phrase> left() {
        return Optional.ofNullable(left);
    }

    /** Who wants it to wait, and until when; empty when nobody does at that moment. */
    public Optional<Held> held(Instant now) {
        return Optional.ofNullable(held).filter(it -> now.isBefore(it.until()));
    }

    /** Who said last that it is mended; empty where somebody said otherwise since. */
    public Optional<Held> fixed() {
        return Optional.ofNullable(held).filter(_ -> isFixed());
    }

    private boolean isFixed() {
        return held != null && held.why() == ProposalEvent.Pause.FIXED;
    }

    /** Whether somebody tries to mend it, or it is watched whether that holds. */
    public boolean isBeingMended(Instant now) {
        return held(now).filter(it -> it.why() != ProposalEvent.Pause.SNOOZE).isPresent();
    }

    /**
     * When it begins by itself: a pause starts the countdown anew. Empty where it does not, and
     * while there is no plan.
     */
    public Optional<Instant> begins() {
        if (proposal.countdown() == null || left != null) {
            return Optional.empty();
        }
        Duration countdown = Objects.requireNonNull(proposal.countdown());
        return run.planned()
                .map(RunEvent.Planned::at)
                .map(at -> held != null && held.until().isAfter(at) ? held.until() : at)
                .map(at -> at.plus(countdown));
    }

    /** The end of one that nothing is left of. */
    public static Outcome ended(Phrase why) {
        return Endings.notApproved(why);
    }

    /** How it ended; empty while it stands. */
    Optional<Outcome> over(Instant now) {
        if (obsolete != null) {
            return Optional.of(Endings.notApproved(obsolete.why()));
        }
        if (run.cancelled().isPresent()) {
            return run.cancelled().map(Offer::dismissed);
        }
        return now.isBefore(expires())
                ? Optional.empty()
                : Optional.of(
                        Endings.notApproved(Phrase.of("nobody took it up within {0}", EXPIRES)));
    }

    private static Outcome dismissed(RunEvent.Cancelled event) {
        return Endings.notApproved(
                event.reason().isEmpty()
                        ? Phrase.of("{0} said that it is no incident", event.by())
                        : Phrase.of(
                                "{0} said that it is no incident: {1}",
                                event.by(), event.reason()));
    }

    private Instant expires() {
        return run.request().at().plus(EXPIRES);
    }

    /** What it waits for, once there is a plan. */
    Next next(Instant now) {
        Optional<Outcome> over = over(now);
        if (over.isPresent()) {
            return new Next.Finish(over.get());
        }
        Optional<Held> pause = held(now);
        if (pause.isPresent()) {
            return new Next.Wait(pause.get().until(), says(pause.get()));
        }
        return Calls.due(run, now).<Next>map(Next.Call::new).orElseGet(() -> unpaused(now));
    }

    private Next unpaused(Instant now) {
        Optional<Instant> begins = begins();
        if (begins.isEmpty()) {
            return new Next.Wait(expires(), Phrase.of("somebody to take it up"));
        }
        return now.isBefore(begins.get())
                ? new Next.Wait(begins.get(), Phrase.of("a no, else it begins"))
                : new Next.TakeUp();
    }

    /** What nobody decided needs a service that is still unwell; empty while it may go on. */
    static Optional<Outcome> recovered(Run run) {
        return run.checked(RunEvent.Moment.BASELINE)
                .filter(_ -> run.isAutomatic())
                .map(RunEvent.Checked::evidence)
                .filter(before -> before.health() != Evidence.Finding.UNWELL)
                .map(before ->
                        Endings.notApproved(
                                Phrase.of(
                                        "before the switch the service was {0}: nothing was done"
                                                + " by itself",
                                        before.health().says())));
    }

    private static Phrase says(Held pause) {
        return switch (pause.why()) {
            case FIX -> Phrase.of("{0}, who tries a fix", pause.by());
            case FIXED -> Phrase.of("the fix of {0} to hold", pause.by());
            case SNOOZE -> Phrase.of("the end of the snooze, said {0}", pause.by());
        };
    }
}
