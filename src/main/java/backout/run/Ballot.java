package backout.run;

import backout.approval.Decision;
import backout.language.Phrase;
import backout.plan.Step.Phase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people have said of a plan so far, and what follows from that before the switch. */
final class Ballot {
    private final Run run;
    private final RunEvent.Planned planned;
    private final Instant now;

    Ballot(Run run, RunEvent.Planned planned, Instant now) {
        this.run = run;
        this.planned = planned;
        this.now = now;
    }

    /** The time of the voters runs from the confirmation on. */
    Decision decision() {
        Instant since = run.confirmedAt().orElseThrow();
        return planned.policy().decide(run.votes(), run.requester(), run.planHash(), since, now);
    }

    /** Who is to be called now, empty while nobody is. */
    Optional<Next> call() {
        return decision() instanceof Decision.Pending
                ? Calls.due(run, now).map(Next.Call::new)
                : Optional.empty();
    }

    /** Why it does not go on before anything was touched; empty while it does. */
    Optional<Outcome> whyNot() {
        if (run.planProblem().isPresent()) {
            return run.planProblem().map(Endings::nothingChanged);
        }
        for (Phase phase : List.of(Phase.PREPARE, Phase.BEFORE_SWITCH)) {
            for (int step : planned.plan().indexes(phase)) {
                var failure = run.track(step).failure(RunEvent.Leg.FORWARD);
                if (failure.isPresent()) {
                    return failure.map(failed -> Endings.nothingChanged(failed.problem()));
                }
            }
        }
        if (run.cancelled().isPresent()) {
            return run.cancelled().map(Endings::cancelled);
        }
        return run.isConfirmed() ? notApproved() : notConfirmed();
    }

    private Optional<Outcome> notConfirmed() {
        return now.isBefore(planned.until())
                ? Optional.empty()
                : Optional.of(
                        Endings.notApproved(
                                Phrase.of("{0} did not confirm in time", run.requester())));
    }

    private Optional<Outcome> notApproved() {
        return switch (decision()) {
            case Decision.Denied(String by, String reason) ->
                    Optional.of(
                            Endings.notApproved(
                                    reason.isEmpty()
                                            ? Phrase.of("denied by {0}", by)
                                            : Phrase.of("denied by {0}: {1}", by, reason)));
            case Decision.Expired _ ->
                    Optional.of(Endings.notApproved(Phrase.of("nobody approved it in time")));
            case Decision.Pending _, Decision.Approved _ -> Optional.empty();
        };
    }
}
