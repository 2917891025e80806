package backout.report;

import backout.approval.Decision;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Site;
import backout.language.Phrase;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** Empty once it is decided. */
    Optional<Decision.Pending> pending() {
        return decision instanceof Decision.Pending open ? Optional.of(open) : Optional.empty();
    }

    /** How many votes of whom: "1 vote of L2: anna, ben". */
    Phrase missing(int votes) {
        List<String> yes = yes();
        List<String> left =
                new Rights(site, run)
                        .voters().stream().filter(voter -> !yes.contains(voter)).toList();
        Phrase whose =
                Phrase.of(
                        "{0} of L{1}: {2}",
                        Phrase.count(votes, "{0} vote", "{0} votes"), policy.from(), left);
        return yes.isEmpty()
                ? whose
                : Phrase.of(
                        "{0} ({1} of {2} so far: {3})",
                        whose, policy.votes() - votes, policy.votes(), Phrase.list(voters(yes)));
    }

    private List<String> yes() {
        return run.votes().stream().filter(Vote::yes).map(Vote::by).distinct().toList();
    }

    Phrase says() {
        if (policy.votes() == 0) {
            return run.isConfirmed()
                    ? Phrase.of("confirmed by {0}", confirmer())
                    : Phrase.of("needs the confirmation of {0}", run.requester());
        }
        return switch (decision) {
            case Decision.Approved(List<String> by) ->
                    Phrase.of("approved by {0}", Phrase.list(voters(by)));
            case Decision.Denied(String by, String reason) ->
                    reason.isEmpty()
                            ? Phrase.of("denied by {0}", voter(by))
                            : Phrase.of("denied by {0}: {1}", voter(by), reason);
            case Decision.Pending(int missing, Instant _) -> soFar(missing);
            case Decision.Expired _ -> Phrase.of("nobody approved it in time");
        };
    }

    private Phrase soFar(int missing) {
        Phrase says =
                Phrase.of(
                        "{0} of {1}, needs L{2}, not {3}: {4}",
                        policy.votes() - missing,
                        policy.votes(),
                        policy.from(),
                        run.requester(),
                        new Rights(site, run).voters());
        return missing == policy.votes()
                ? says
                : Phrase.of("{0}; so far {1}", says, Phrase.list(voters(yes())));
    }

    private List<Phrase> voters(List<String> names) {
        return names.stream().map(this::voter).toList();
    }

    /** With the face from which the vote that counts came. */
    private Phrase voter(String name) {
        String via =
                run.votes().stream()
                        .filter(vote -> vote.by().equals(name))
                        .map(Vote::via)
                        .reduce("", (_, last) -> last);
        return Whence.after(Phrase.verbatim(name), via);
    }

    private Phrase confirmer() {
        return run.events().stream()
                .filter(RunEvent.Confirmed.class::isInstance)
                .reduce((_, last) -> last)
                .map(event -> Whence.after(Phrase.verbatim(run.requester()), Whence.of(event)))
                .orElse(Phrase.verbatim(run.requester()));
    }
}
