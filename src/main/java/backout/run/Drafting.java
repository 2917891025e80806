package backout.run;

import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Chooser;
import backout.plan.Chosen;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Makes plans: of each target by its executor, of several as one. Touches nothing. */
record Drafting(Site site, Executors executors, Journal journal, InstantSource clock) {
    /**
     * The plan of what was asked for.
     *
     * @throws ProblemException when there is no safe plan
     */
    Plan of(List<Target> targets, RunEvent.Requested request, Deadline by) {
        return Plan.inOrder(
                targets.stream().map(target -> of(target, wanted(target, request), by)).toList());
    }

    private Invocation wanted(Target target, RunEvent.Requested request) {
        return site.command(request.command(), target)
                .map(command -> new Invocation(command, request.values()))
                .orElseThrow(() -> gone(request.command()));
    }

    /** Whoever says yes to it knows how the service is. */
    Plan of(Target target, Invocation wanted, Deadline by) {
        Executor executor = executors.of(target);
        Ledger ledger = Ledger.of(journal.read(target.name()));
        List<Kin> kin = new Kindred(site, journal).of(target, executor);
        Plan drafted = executor.plan(new Request(target, wanted, ledger, kin), by);
        Plan plan = new Estimates(journal).tell(drafted);
        Instant now = clock.instant();
        Plan told =
                journal.condition(target.name())
                        .map(last -> new Plan.Fact(Plan.Fact.SERVICE, last.says(now)))
                        .map(plan::telling)
                        .orElse(plan);
        return Freezes.of(journal)
                .on(target.name(), now)
                .map(freeze -> Freezes.refusal(freeze, site).phrase())
                .map(why -> told.telling(new Plan.Fact(Phrase.of("frozen"), why)))
                .orElse(told);
    }

    /**
     * Chooses from what was found, and has it drafted.
     *
     * @throws ProblemException when nothing can be chosen, or there is no safe way to it
     */
    static Plan plan(Outlook outlook, Request request) {
        String current = request.current(outlook.from(), outlook.isDown());
        var chooser = new Chooser(request.target(), request.ledger(), current, outlook.releases());
        Chosen choice =
                request.release()
                        .map(chooser::named)
                        .orElseGet(() -> chooser.choose(outlook::objections));
        return outlook.draft(choice).plan(request, outlook.from());
    }

    private static ProblemException gone(String command) {
        return Problem.stop(
                Phrase.of("the command {0} is gone", command),
                "commands/" + command + ".yml",
                Phrase.of("put the file back"));
    }

    /** What a run was given with its first plan stays, whatever the files say meanwhile. */
    RunEvent.Planned planned(Target target, Run run, Plan drafted) {
        Instant now = clock.instant();
        Plan plan = doubted(target, drafted, now);
        return run.former()
                .map(first ->
                        new RunEvent.Planned(
                                now, plan, first.policy(), first.soak(), first.onCall()))
                .orElseGet(() ->
                        new RunEvent.Planned(
                                now,
                                plan,
                                site.policyOf(target, run.request().severity()),
                                run.request().isEmergency() ? Duration.ZERO : target.soak(),
                                site.onCall(now)));
    }

    /** Who decides should know that those who are called may not be the right ones. */
    private Plan doubted(Target target, Plan plan, Instant now) {
        List<Phrase> doubts =
                site.policyOf(target).votes() == 0 ? List.of() : site.doubtsOfOnCall(now);
        return doubts.isEmpty()
                ? plan
                : plan.telling(new Plan.Fact(Plan.Fact.ON_CALL, Phrase.joined("; ", doubts)));
    }
}
