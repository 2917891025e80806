package backout.report;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.CallEvent;
import backout.run.Offer;
import backout.run.Outcome;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the thread below a card tells, and what other channels are told at the end. */
final class News {
    private News() {}

    /**
     * The events after the first {@code told}, a line each; people who must act are called. Empty
     * when there is no news in them.
     */
    static Optional<Message> since(Run run, int told, Site site, Instant now) {
        var lines = new ArrayList<Block.Line>();
        var calls = new ArrayList<Block.Call>();
        var logs = new ArrayList<Block>();
        List<RunEvent> events = run.events();
        for (int seq = told + 1; seq <= events.size(); seq++) {
            RunEvent event = events.get(seq - 1);
            Run then = Run.of(events.subList(0, seq));
            Progress.line(then, event)
                    .ifPresent(
                            line -> lines.add(new Block.Line(Block.Mark.NONE, line, Phrase.NONE)));
            logs.addAll(inFull(then, event));
            if (event instanceof RunEvent.StepFailed failed) {
                logs.addAll(Ending.byHand(failed.byHand()));
            }
            call(run, event, site, now).ifPresent(calls::add);
            if (event instanceof RunEvent.PlanChanged) {
                lapsed(run, Run.of(events.subList(0, seq - 1))).ifPresent(calls::add);
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var blocks = new ArrayList<Block>(calls);
        blocks.add(new Block.Lines(Phrase.NONE, lines));
        blocks.addAll(logs);
        return Optional.of(new Message(summary(run, calls, lines), blocks));
    }

    /** What a locked phone shows: who is called and what for, before how far it is. */
    private static Phrase summary(Run run, List<Block.Call> calls, List<Block.Line> lines) {
        return calls.isEmpty()
                ? lines.getLast().text()
                : Phrase.of(
                        "{0}: {1} ({2}, run {3})",
                        Phrase.list(calls.getLast().people()),
                        calls.getLast().says(),
                        Say.about(run),
                        run.id());
    }

    /** What the card has no room for: the plan word for word, then what the checks saw. */
    private static List<Block> inFull(Run then, RunEvent event) {
        return switch (event) {
            case RunEvent.Requested asked ->
                    Proposal.of(asked).map(Proposed::log).orElse(List.of());
            case RunEvent.Planned _ -> Full.ofPlan(then);
            case RunEvent.Checked checked when checked.moment() == RunEvent.Moment.BASELINE ->
                    List.of(Before.proof(then));
            case RunEvent.Checked checked -> {
                var blocks = new ArrayList<>(Proof.of(then));
                log(checked).ifPresent(blocks::add);
                yield blocks;
            }
            default -> List.of();
        };
    }

    /** What the service wrote after it was started; the proof has it when it is unwell. */
    private static Optional<Block> log(RunEvent.Checked checked) {
        return checked.evidence().isWell() && !checked.evidence().log().isEmpty()
                ? Optional.of(new Block.Code(Phrase.of("Last log lines"), checked.evidence().log()))
                : Optional.empty();
    }

    /** Nobody is called for what is over by the time it is told. */
    private static Optional<Block.Call> call(Run run, RunEvent event, Site site, Instant now) {
        List<String> requester =
                site.people().containsKey(run.requester()) ? List.of(run.requester()) : List.of();
        return switch (event) {
            case RunEvent.Planned _, ProposalEvent.LeftToPeople _, CallEvent _
                    when Offer.of(run).isPresent() ->
                    offered(run, event, site, now);
            case RunEvent.Confirmed _ when callsAll(run) -> voters(run, site);
            case CallEvent _, RunEvent.Confirmed _ -> {
                List<String> called = Calling.called(run, event, site, now);
                yield called.isEmpty() ? Optional.empty() : Optional.of(decide(run, called));
            }
            case RunEvent.Asked _ ->
                    run.question()
                            .map(_ ->
                                    new Block.Call(
                                            requester, Phrase.of("undo it, or keep it as it is?")));
            case RunEvent.Finished(var _, Outcome outcome) ->
                    requester.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Block.Call(requester, outcome.says()));
            default -> Optional.empty();
        };
    }

    /** Who is called is called level by level where the policy says so, else all at once. */
    private static Optional<Block.Call> offered(Run run, RunEvent event, Site site, Instant now) {
        List<String> people =
                callsAll(run)
                        ? new Rights(site, run).takers()
                        : Calling.called(run, event, site, now);
        return people.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Call(people, Calling.asks(run)));
    }

    /** Whoever voted for a plan believes that it is decided. */
    private static Optional<Block.Call> lapsed(Run run, Run before) {
        List<String> voted =
                before.votes().stream()
                        .map(Vote::by)
                        .distinct()
                        .filter(name -> !Calling.hasVoted(run, name))
                        .toList();
        return voted.isEmpty() || run.hasBegunSwitch() || run.outcome().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Block.Call(
                                voted,
                                Phrase.of("the plan changed and your vote is void, look again")));
    }

    private static boolean callsAll(Run run) {
        return run.planned().filter(planned -> !planned.policy().escalation().isEmpty()).isEmpty();
    }

    private static Block.Call decide(Run run, List<String> people) {
        return new Block.Call(people, Calling.asks(run));
    }

    /** Whoever may still approve it, as long as votes are missing. */
    private static Optional<Block.Call> voters(Run run, Site site) {
        if (run.planned().isEmpty() || run.hasBegunSwitch() || run.outcome().isPresent()) {
            return Optional.empty();
        }
        Policy policy = run.planned().get().policy();
        List<String> voters =
                new Rights(site, run)
                        .voters().stream()
                                .filter(name -> !policy.silent().contains(name))
                                .filter(name -> !Calling.hasVoted(run, name))
                                .toList();
        return run.votes().size() >= policy.votes() || voters.isEmpty()
                ? Optional.empty()
                : Optional.of(decide(run, voters));
    }

    /** For whoever typed a command and sees no card: they must not believe that nothing goes on. */
    static Message unseen(Run run, Problem problem) {
        Phrase says =
                Phrase.of(
                        "The card of run {0} cannot be shown in that channel: {1}",
                        run.id(), problem.phrase());
        Phrase next =
                Phrase.of(
                        "The run goes on without it. Say: status, confirm {0}, cancel {1}",
                        run.id(), run.id());
        return new Message(says, List.of(new Block.Text(says), new Block.Text(next)));
    }

    /** One short message for people who did not follow it. */
    static Message outcome(Run run, Outcome outcome, Instant now) {
        return new Announcement(run).ended(outcome, now);
    }
}
