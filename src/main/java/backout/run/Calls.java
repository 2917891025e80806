package backout.run;

import backout.approval.Escalation;
import backout.approval.Escalation.Claim;
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
        var confirmed = run.confirmedAt();
        boolean open =
                planned.isPresent()
                        && confirmed.isPresent()
                        && !run.hasBegunSwitch()
                        && run.outcome().isEmpty();
        if (!open
                || planned.get().policy().votes() == 0
                || planned.get().policy().escalation().isEmpty()) {
            return Optional.empty();
        }
        var calls = new Calls();
        run.events().forEach(calls::fold);
        return Optional.of(
                new Escalation(
                        planned.get().policy(),
                        planned.get().onCall(),
                        run.request().at(),
                        confirmed.get(),
                        calls.pages,
                        calls.claims));
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
            default -> {}
        }
    }

    /** Nobody holds the clock longer than they said. */
    private void end(Instant at) {
        if (!claims.isEmpty() && !claims.getLast().over()) {
            Claim held = claims.removeLast();
            Instant until = at.isBefore(held.until()) ? at : held.until();
            claims.add(new Claim(held.by(), held.from(), until, true));
        }
    }
}
