package backout.report;

import backout.approval.Decision;
import backout.approval.Policy;
import backout.command.Site;
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

    String says() {
        if (policy.votes() == 0) {
            return run.isConfirmed()
                    ? "confirmed by " + run.requester()
                    : "needs the confirmation of " + run.requester();
        }
        return switch (decision) {
            case Decision.Approved(List<String> by) -> "approved by " + String.join(", ", by);
            case Decision.Denied(String by, String reason) ->
                    "denied by " + by + (reason.isEmpty() ? "" : ": " + reason);
            case Decision.Pending(int missing, Instant _) ->
                    (policy.votes() - missing) + " of " + policy.votes() + ", " + needs();
            case Decision.Expired _ -> "nobody approved it in time";
        };
    }

    private String needs() {
        return "needs L"
                + policy.from()
                + ", not "
                + run.requester()
                + ": "
                + String.join(", ", policy.voters(run.requester(), site.people().values()));
    }
}
