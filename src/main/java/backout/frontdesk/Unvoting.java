package backout.frontdesk;

import backout.approval.EscalationStep;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.TargetEvent;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.GlassBroken;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Offer;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent.Leg;
import backout.run.RunId;
import backout.run.Unguarded;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Break-glass: a run begins without the votes that are missing, where its policy lets this person
 * do so, and somebody else reviews that afterwards.
 */
final class Unvoting {
    private final Site site;
    private final Journal journal;
    private final Voices voices;
    private final Missing missing;
    private final InstantSource clock;

    Unvoting(Site site, Journal journal, Voices voices, Missing missing, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.voices = voices;
        this.missing = missing;
        this.clock = clock;
    }

    Reply take(Person person, String via, RunId id, Said said) {
        return said.invocation().command().does().equals("review")
                ? review(person, via, id, said.invocation())
                : breakGlass(person, via, id, said.of(), said.invocation());
    }

    /**
     * Asks for what is to be typed, where it is not said yet; whoever may not is told before.
     *
     * @param plan the hash of the plan that the person was looking at; empty where none was
     */
    private Reply breakGlass(Person person, String via, RunId id, String plan, Invocation said) {
        Run run = Run.of(journal.read(id));
        mayBreak(person, run, plan);
        String name = run.request().target().name();
        if (said.value("name").isEmpty() || said.value("reason").isEmpty()) {
            return new Reply.Ask(
                    missing.glass(said, name, plan),
                    Problem.of(
                            Phrase.of(
                                    "to go without the missing votes, type what is rolled back and"
                                            + " why"),
                            Phrase.of(
                                    "say: {0} {1} on {2} because REASON",
                                    said.command().name(), id, name)));
        }
        Typed.require(said.value("name").get(), List.of(name, run.request().target().toString()));
        return voices.say(
                id,
                (now, already) ->
                        already
                                ? Phrase.of("run {0} goes without the missing votes already", id)
                                : Phrase.of(
                                        "run {0} goes without the missing votes; each of them is"
                                                + " told, and somebody else is to review it",
                                        id),
                now -> {
                    if (GlassBroken.now(now).isPresent()) {
                        return List.of();
                    }
                    mayBreak(person, now, plan);
                    Voices.refuseUnread(now, plan, said.command().name());
                    Policy policy = now.planned().orElseThrow().policy();
                    return List.of(
                            new GlassBroken(
                                    clock.instant(),
                                    person.name(),
                                    now.plan().hash(),
                                    said.value("reason").get(),
                                    policy.from(),
                                    skipped(now, policy, person),
                                    via));
                });
    }

    private void mayBreak(Person person, Run run, String plan) {
        Policy policy = Voices.policy(run, plan, Phrase.of("begun without votes"));
        if (GlassBroken.now(run).isPresent()) {
            return;
        }
        refuseByPolicy(person, run, policy);
        refuseProposal(run);
        refuseOver(run);
        new Unguarded(site, journal)
                .refuses(run, clock.instant())
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
        Glass.owed(journal.read(Freeze.SITE), person.name(), run.id().text())
                .ifPresent(glass -> {
                    throw Problem.stop(
                            Phrase.of(
                                    "what {0} did in run {1} is not reviewed yet",
                                    person.name(), glass.run()),
                            Phrase.of(
                                    "ask one of {0} to say: review {1} because REASON",
                                    Phrase.list(reviewers(glass.by(), glass.level())),
                                    glass.run()));
                });
    }

    private void refuseByPolicy(Person person, Run run, Policy policy) {
        if (policy.votes() == 0) {
            throw Problem.stop(
                    Phrase.of("run {0} waits for no vote", run.id()),
                    Phrase.of("say: confirm {0}", run.id()));
        }
        Phrase ask =
                Phrase.of(
                        "ask one of {0} to say: approve {1}",
                        Phrase.list(new Rights(site, run).voters()), run.id());
        if (policy.glassFrom() == 0) {
            throw Problem.stop(
                    Phrase.of("policy {0} lets nobody go without its votes", policy.name()), ask);
        }
        if (person.level() < policy.glassFrom()) {
            throw Problem.stop(
                    Phrase.of(
                            "policy {0} lets L{1} and above go without its votes, {2} is L{3}",
                            policy.name(), policy.glassFrom(), person.name(), person.level()),
                    ask);
        }
        if (new Rights(site, run).level(person) < policy.glassFrom()) {
            throw new ProblemException(new Rights(site, run).tooNew(person));
        }
    }

    private static void refuseProposal(Run run) {
        if (Offer.of(run).isPresent()) {
            throw Problem.stop(
                    Phrase.of("nobody has asked for run {0} yet, it is a proposal", run.id()),
                    Phrase.of("say first: confirm {0}", run.id()));
        }
    }

    /** Too late, denied, or cancelled: its end is being made. */
    private void refuseOver(Run run) {
        boolean ends =
                switch (run.next(clock.instant())) {
                    case Next.Finish _ -> true;
                    case Next.Perform(int _, Leg leg) -> leg == Leg.CLEAN_UP;
                    default -> false;
                };
        if (ends) {
            throw Problem.stop(
                    Phrase.of("run {0} is not to be begun any more", run.id()),
                    Phrase.of("see its card; then ask for it again"));
        }
    }

    /** Whoever was called, would have been, or could have voted in silence. */
    private List<String> skipped(Run run, Policy policy, Person by) {
        List<String> yes = run.votes().stream().filter(Vote::yes).map(Vote::by).toList();
        return new Rights(site, run)
                .voters().stream()
                        .filter(name -> !name.equals(by.name()) && !yes.contains(name))
                        .filter(name -> isCalled(run, policy, name))
                        .toList();
    }

    private static boolean isCalled(Run run, Policy policy, String name) {
        var onCall = run.planned().orElseThrow().onCall();
        return policy.escalation().isEmpty()
                || policy.silent().contains(name)
                || policy.escalation().stream()
                        .map(EscalationStep::level)
                        .anyMatch(level -> onCall.getOrDefault(level, List.of()).contains(name));
    }

    /** Closes what somebody else did. */
    private Reply review(Person person, String via, RunId id, Invocation said) {
        List<TargetEvent> events = journal.read(Freeze.SITE);
        List<Glass> all =
                Glass.in(events).stream().filter(glass -> glass.run().equals(id.text())).toList();
        if (all.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("run {0} was not begun without its votes", id),
                    Phrase.of("see: status"));
        }
        if (Run.of(journal.read(id)).outcome().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("run {0} is not over yet", id),
                    Phrase.of("see how it ends, then say it again"));
        }
        Optional<Glass> open = all.stream().filter(Glass::isOpen).findFirst();
        if (open.isEmpty()) {
            return new Reply.OfRun(id, Phrase.of("run {0} is reviewed already", id));
        }
        all.stream().filter(Glass::isOpen).forEach(glass -> mayReview(person, glass));
        String why =
                said.value("reason")
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("a review needs what came of it"),
                                        Phrase.of(
                                                "say it again with: {0} because REASON",
                                                said.text())));
        journal.append(
                Freeze.SITE,
                List.of(
                        new TargetEvent.GlassReviewed(
                                clock.instant(),
                                id.text(),
                                person.name(),
                                Phrase.verbatim(why),
                                via)));
        return new Reply.OfRun(
                id,
                Phrase.of(
                        "the review of run {0} is closed; {1} may go without votes again where a"
                                + " policy says so",
                        id, open.get().by()));
    }

    private void mayReview(Person person, Glass glass) {
        if (person.name().equals(glass.by()) || person.level() < glass.level()) {
            throw Problem.stop(
                    Phrase.of(
                            "run {0} is to be reviewed by somebody else than {1}, from L{2} on",
                            glass.run(), glass.by(), glass.level()),
                    Phrase.of(
                            "ask one of: {0}", Phrase.list(reviewers(glass.by(), glass.level()))));
        }
    }

    private List<String> reviewers(String by, int level) {
        return site.people().values().stream()
                .filter(person -> person.level() >= level && !person.name().equals(by))
                .map(Person::name)
                .toList();
    }
}
