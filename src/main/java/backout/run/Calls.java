package backout.run;

import backout.approval.Escalation;
import backout.approval.Escalation.Claim;
import backout.approval.Escalation.Due;
import backout.approval.Escalation.Page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who was called about a run and who is at work on it, folded from its events. */
public final class Calls {
    private final List<Page> pages = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    private Calls() {}

    /** Empty where its policy calls no levels, or nobody can decide anything yet or any more. */
    public static Optional<Escalation> of(Run run) {
        var planned = run.planned();
        var opened = opened(run);
        boolean open = opened.isPresent() && !run.hasBegunSwitch() && run.outcome().isEmpty();
        if (!open || planned.isEmpty() || planned.get().policy().escalation().isEmpty()) {
            return Optional.empty();
        }
        var calls = new Calls();
        run.events().forEach(calls::fold);
        return Optional.of(
                new Escalation(
                        planned.get().policy(),
                        planned.get().onCall(),
                        run.request().at(),
                        opened.get(),
                        calls.pages,
                        calls.claims));
    }

    /** What is to be done now about who is called; empty while that is nothing. */
    static Optional<Due> due(Run run, Instant now) {
        return of(run).map(escalation -> escalation.due(now))
                .filter(due -> due instanceof Due.Call || due instanceof Due.LeaseOver);
    }

    /** When a run that waits until then is looked at again: somebody may be called before. */
    static Instant wake(Run run, Instant until, Instant now) {
        return of(run).map(escalation -> escalation.due(now))
                .filter(Due.Later.class::isInstance)
                .map(due -> ((Due.Later) due).at())
                .filter(at -> at.isBefore(until))
                .orElse(until);
    }

    /** A proposal is there to be taken up from its plan on, whatever votes are needed then. */
    private static Optional<Instant> opened(Run run) {
        if (Offer.of(run).isPresent()) {
            return run.planned().map(RunEvent.Planned::at);
        }
        return run.planned()
                .filter(planned -> planned.policy().votes() > 0)
                .flatMap(_ -> run.confirmedAt());
    }

    private void fold(RunEvent event) {
        switch (event) {
            case CallEvent.Paged e -> pages.add(new Page(e.level(), e.people(), e.at()));
            case CallEvent.Nudged e -> pages.add(new Page(e.level(), e.people(), e.at()));
            case CallEvent.Claimed e -> {
                end(e.at());
                claims.add(new Claim(e.by(), e.at(), e.until(), false));
            }
            case CallEvent.GivenBack e -> end(e.at());
            case ProposalEvent.Held e -> {
                end(e.at());
                claims.add(new Claim(e.by(), e.at(), e.until(), true));
            }
            case ProposalEvent.TakenUp e -> end(e.at());
            default -> {}
        }
    }

    /** Nobody holds the clock longer than they said. */
    private void end(Instant at) {
        if (!claims.isEmpty()) {
            Claim held = claims.removeLast();
            Instant until = at.isBefore(held.until()) ? at : held.until();
            claims.add(new Claim(held.by(), held.from(), until, true));
        }
    }
}
