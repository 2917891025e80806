package backout.report;

import backout.approval.Decision;
import backout.approval.Policy;
import backout.command.Site;
import backout.language.Phrase;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.List;

/** How far the yeses of a run are. */
final class Approval {
    private final Run run;
    private final Site site;
    private final Policy policy;
    private final Decision decision;

    /**
     * @param planned the run's plan
     */
    Approval(Run run, RunEvent.Planned planned, Site site, Instant now) {
        this.run = run;
        this.site = site;
        this.policy = planned.policy();
        this.decision =
                policy.decide(
                        run.votes(),
                        run.requester(),
                        planned.plan().hash(),
                        run.confirmedAt().orElse(now),
                        now);
    }

    Decision decision() {
        return decision;
    }

    Phrase says() {
        if (policy.votes() == 0) {
            return run.isConfirmed()
                    ? Phrase.of("confirmed by {0}", run.requester())
                    : Phrase.of("needs the confirmation of {0}", run.requester());
        }
        return switch (decision) {
            case Decision.Approved(List<String> by) ->
                    Phrase.of("approved by {0}", Phrase.list(by));
            case Decision.Denied(String by, String reason) ->
                    reason.isEmpty()
                            ? Phrase.of("denied by {0}", by)
                            : Phrase.of("denied by {0}: {1}", by, reason);
            case Decision.Pending(int missing, Instant _) ->
                    Phrase.of(
                            "{0} of {1}, needs L{2}, not {3}: {4}",
                            policy.votes() - missing,
                            policy.votes(),
                            policy.from(),
                            run.requester(),
                            policy.voters(run.requester(), site.people().values()));
            case Decision.Expired _ -> Phrase.of("nobody approved it in time");
        };
    }
}
