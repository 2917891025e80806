package backout.frontdesk;

import backout.approval.Decision;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.language.Phrase;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;

/** What a yes came to, for whoever gave it. */
final class Tally {
    private Tally() {}

    /**
     * @param run as it is after the vote: it may have gone on
     * @param already whether the same was said before
     */
    static Phrase says(Run run, Person voter, Instant now, boolean already) {
        if (run.votes().stream().map(Vote::by).noneMatch(voter.name()::equals)) {
            return Phrase.of(
                    "the plan of run {0} changed meanwhile, your vote is void: look at its card,"
                            + " then say it again",
                    run.id());
        }
        Phrase stands = stands(run, run.planned().orElseThrow(), now);
        return already ? Phrase.of("you approved it already: {0}", stands) : stands;
    }

    private static Phrase stands(Run run, RunEvent.Planned planned, Instant now) {
        Policy policy = planned.policy();
        Decision decision =
                policy.decide(
                        run.votes(),
                        run.requester(),
                        planned.plan().hash(),
                        run.confirmedAt().orElse(now),
                        now);
        return switch (decision) {
            case Decision.Approved _ ->
                    run.isConfirmed()
                            ? Phrase.of("run {0} is {1}", run.id(), Phrase.of("approved"))
                            : Phrase.of(
                                    "run {0}: your vote counts, {1} must still confirm it",
                                    run.id(), run.requester());
            case Decision.Pending(int missing, Instant _) -> counts(run, policy.votes(), missing);
            case Decision.Denied(String by, String _) ->
                    Phrase.of("run {0} was denied by {1} all the same", run.id(), by);
            case Decision.Expired _ ->
                    Phrase.of("run {0}: your vote came too late, it ends", run.id());
        };
    }

    private static Phrase counts(Run run, int votes, int missing) {
        int there = votes - missing;
        return run.isConfirmed()
                ? Phrase.of("run {0}: your vote counts: {1} of {2}", run.id(), there, votes)
                : Phrase.of(
                        "run {0}: your vote counts: {1} of {2}; {3} must still confirm it",
                        run.id(), there, votes, run.requester());
    }
}
