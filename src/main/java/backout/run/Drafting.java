package backout.run;

import static java.util.stream.Collectors.toUnmodifiableMap;

import backout.approval.Person;
import backout.approval.Policy;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes plans: of each target by its executor, of several as one. Touches nothing. */
record Drafting(Site site, Executors executors, Journal journal, InstantSource clock) {
    /**
     * The plan of what was asked for.
     *
     * @throws ProblemException when there is no safe plan
     */
    Plan of(List<Target> targets, RunEvent.Requested request, Deadline by) {
        return together(targets, target -> wanted(target, request.command(), request.values()), by);
    }

    /** The same without a run: each does what the command means for its kind. */
    Plan of(List<Target> targets, Invocation said, Deadline by) {
        return together(
                targets, target -> wanted(target, said.command().name(), said.values()), by);
    }

    /** All of them are looked at before any is refused: who mends one mends all. */
    private Plan together(List<Target> targets, Function<Target, Invocation> wanted, Deadline by) {
        if (targets.size() == 1) {
            return of(targets.getFirst(), wanted.apply(targets.getFirst()), by);
        }
        var plans = new ArrayList<Plan>();
        var refused = new ArrayList<Problem>();
        for (Target target : targets) {
            try {
                plans.add(of(target, wanted.apply(target), by));
            } catch (ProblemException e) {
                refused.add(Together.of(target, e.problem()));
            }
        }
        Together.refusal(refused).ifPresent(Drafting::stop);
        Together.entangled(plans).ifPresent(Drafting::stop);
        return Plan.inOrder(plans);
    }

    private static void stop(Problem problem) {
        throw new ProblemException(problem);
    }

    private Invocation wanted(Target target, String name, Map<String, String> values) {
        return site.command(name, target)
                .map(command -> new Invocation(command, values))
                .orElseThrow(() -> gone(name));
    }

    /** Whoever says yes to it knows how the service is. */
    Plan of(Target target, Invocation wanted, Deadline by) {
        Executor executor = executors.of(target);
        Ledger ledger = Ledger.of(journal.read(target.name()));
        List<Kin> kin = new Kindred(site, journal).of(target, executor);
        Plan drafted = executor.plan(new Request(target, wanted, ledger, kin), by);
        Plan plan = new Estimates(site, journal).tell(drafted);
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

    /**
     * What a run was given with its first plan stays, whatever the files say meanwhile. Who votes
     * on another plan is asked anew: all of them have to look again.
     */
    RunEvent.Planned planned(List<Target> targets, Run run, Plan drafted) {
        Instant now = clock.instant();
        Plan plan = doubted(targets, run, drafted, now);
        return run.former()
                .map(first -> planned(plan, first.policy(), first.soak(), first.onCall(), now))
                .orElseGet(() ->
                        planned(
                                plan,
                                site.policyOf(targets, run.request().severity()),
                                run.request().isEmergency() || plan.keepsRelease()
                                        ? Duration.ZERO
                                        : soak(targets),
                                site.onCall(now),
                                now));
    }

    private RunEvent.Planned planned(
            Plan plan,
            Policy policy,
            Duration soak,
            Map<Integer, List<String>> onCall,
            Instant now) {
        return new RunEvent.Planned(now, plan, policy, soak, onCall, electors(policy));
    }

    /** Of people no more than the levels of those whose word counts is kept. */
    private Map<String, Integer> electors(Policy policy) {
        int glass = policy.glassFrom();
        int lowest = glass == 0 ? policy.from() : Math.min(policy.from(), glass);
        return site.people().values().stream()
                .filter(person -> policy.votes() > 0 && person.level() >= lowest)
                .collect(toUnmodifiableMap(Person::name, Person::level));
    }

    private static Duration soak(List<Target> targets) {
        return targets.stream().map(Target::soak).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Who decides should know that those who are called may not be the right ones. */
    private Plan doubted(List<Target> targets, Run run, Plan plan, Instant now) {
        List<Phrase> doubts =
                site.policyOf(targets, run.request().severity()).votes() == 0
                        ? List.of()
                        : site.doubtsOfOnCall(now);
        return doubts.isEmpty()
                ? plan
                : plan.telling(new Plan.Fact(Plan.Fact.ON_CALL, Phrase.joined("; ", doubts)));
    }
}
