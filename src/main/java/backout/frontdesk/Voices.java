package backout.frontdesk;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Consequences;
import backout.run.Freezes;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Answer;
import backout.run.RunId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What people say to a run: confirmations, votes, answers. Each is checked against the policy
 * stored in the run and today's people, and written with the version it was decided on: two at once
 * converge.
 */
final class Voices {
    private final Site site;
    private final Journal journal;
    private final InstantSource clock;
    private final Predicate<TargetName> isWorkedOn;

    Voices(Site site, Journal journal, InstantSource clock, Predicate<TargetName> isWorkedOn) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
        this.isWorkedOn = isWorkedOn;
    }

    Reply confirm(Person person, String via, RunId id, String plan) {
        return say(
                id,
                Phrase.of("confirmed"),
                run -> {
                    if (!Rights.mayConfirm(person, run)) {
                        throw Problem.stop(
                                Phrase.of(
                                        "only {0}, who asked for it, confirms run {1}",
                                        run.requester(), id),
                                Phrase.NONE);
                    }
                    policy(run, plan, Phrase.of("confirmed"));
                    refuseUnread(run, plan, "confirm");
                    refuseFrozen(run);
                    if (run.isConfirmed()) {
                        return List.of();
                    }
                    return List.of(
                            new RunEvent.Confirmed(
                                    now(), person.name(), run.plan().hash(), via, plan));
                });
    }

    /**
     * @param via whence it comes, see {@link Origin}
     * @param plan the hash of the plan that the person was looking at; empty where none was
     */
    Reply vote(Person person, String via, RunId id, String plan, boolean yes, String reason) {
        return say(
                id,
                (run, already) ->
                        yes
                                ? Tally.says(run, person, now(), already)
                                : done(run, Phrase.of("denied"), already),
                run -> {
                    mayVote(person, run, plan, yes);
                    if (yes) {
                        refuseUnread(run, plan, "approve");
                        refuseFrozen(run);
                    }
                    boolean said =
                            run.votes().stream()
                                    .anyMatch(old ->
                                            old.by().equals(person.name()) && old.yes() == yes);
                    var vote =
                            new Vote(
                                    now(),
                                    person.name(),
                                    new Rights(site, run).level(person),
                                    yes,
                                    run.plan().hash(),
                                    reason,
                                    via,
                                    plan);
                    return said ? List.of() : List.of(new RunEvent.Voted(now(), vote));
                });
    }

    /** Asked before a form is opened: nobody writes a reason for nothing. */
    void mayVote(Person person, RunId id, String plan, boolean yes) {
        mayVote(person, Run.of(journal.read(id)), plan, yes);
    }

    private void mayVote(Person person, Run run, String plan, boolean yes) {
        policy(run, plan, yes ? Phrase.of("approved") : Phrase.of("denied"));
        new Rights(site, run)
                .refusesVote(person, yes)
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    /** A yes is not used up for a run that must not begin. */
    private void refuseFrozen(Run run) {
        Freezes.of(journal)
                .on(run, now())
                .ifPresent(freeze -> {
                    throw new ProblemException(Freezes.refusal(freeze, site));
                });
    }

    /** A yes that names no plan may be meant for one that is no more. */
    static void refuseUnread(Run run, String plan, String word) {
        if (plan.isEmpty() && !run.planChanges().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("the plan of run {0} was made anew since it was asked for", run.id()),
                    Phrase.of(
                            "look at its card; if it is right: {0} {1} plan {2}",
                            word, run.id(), run.plan().hash()));
        }
    }

    /** The policy of a run whose plan waits for people; otherwise says why it does not. */
    static Policy policy(Run run, String plan, Phrase what) {
        mayStillChange(run);
        if (run.hasBegunSwitch()) {
            throw Problem.stop(
                    Phrase.of(
                            "run {0} has begun to switch, it can no longer be {1}", run.id(), what),
                    Phrase.NONE);
        }
        RunEvent.Planned planned =
                run.planned()
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("run {0} has no plan yet", run.id()),
                                        Phrase.of("wait a moment, then say it again")));
        String hash = planned.plan().hash();
        if (!plan.isEmpty() && !planned.plan().isMeantBy(plan)) {
            throw Problem.stop(
                    Phrase.of(
                            "the plan of run {0} has changed since that card was drawn", run.id()),
                    Phrase.of("look at plan {0} first, then say it again", hash));
        }
        return planned.policy();
    }

    Reply cancel(Person person, String via, RunId id, String reason) {
        return say(
                id,
                Phrase.of("cancelled"),
                run -> {
                    mayStillChange(run);
                    if (run.isUndoing()) {
                        throw Problem.stop(
                                Phrase.of("run {0} is being undone and cannot be cancelled", id),
                                onItsOwn(run, Phrase.of("wait for its end; see: status")));
                    }
                    if (run.hasBegunSwitch() && run.proven().isEmpty()) {
                        throw Problem.stop(
                                Phrase.of(
                                        "run {0} has begun to switch and cannot be cancelled", id),
                                onItsOwn(
                                        run,
                                        Phrase.of(
                                                "it checks itself now and undoes what is worse"
                                                        + " than before; to take it back say:"
                                                        + " abort {0}",
                                                id)));
                    }
                    if (!new Rights(site, run).may(person, "cancel")) {
                        throw Problem.stop(
                                Phrase.of("only {0} or an L2 cancels run {1}", run.requester(), id),
                                Phrase.NONE);
                    }
                    return run.cancelled().isPresent()
                            ? List.of()
                            : List.of(new RunEvent.Cancelled(now(), person.name(), reason, via));
                });
    }

    /** A run that is in no process's hands does nothing by itself. */
    private Phrase onItsOwn(Run run, Phrase does) {
        return isWorkedOn.test(run.request().target())
                ? does
                : Phrase.of(
                        "nobody works on it; it goes on when Backout serves: bot/backout serve");
    }

    Reply answer(Person person, String via, RunId id, Answer answer, String reason) {
        return say(
                id,
                answer == Answer.UNDO ? Phrase.of("answered undo") : Phrase.of("answered keep"),
                run -> {
                    mayStillChange(run);
                    if (run.question().isEmpty()) {
                        throw Problem.stop(
                                Phrase.of("run {0} asks nothing now", id),
                                Phrase.of("see: status"));
                    }
                    mayAnswer(person, run);
                    return List.of(
                            new RunEvent.Answered(now(), person.name(), answer, reason, via));
                });
    }

    private void mayAnswer(Person person, Run run) {
        run.planned()
                .flatMap(planned ->
                        planned.policy()
                                .refusesAnswer(person, run.requester(), site.people().values()))
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    static void mayStillChange(Run run) {
        run.outcome()
                .ifPresent(outcome -> {
                    throw Problem.stop(
                            Phrase.of("run {0} is over: {1}", run.id(), outcome.says()),
                            Phrase.NONE);
                });
    }

    private Reply say(RunId id, Phrase done, Function<Run, List<RunEvent>> deciding) {
        return say(id, (run, already) -> done(run, done, already), deciding);
    }

    private static Phrase done(Run run, Phrase done, boolean already) {
        return already
                ? Phrase.of("run {0} was {1} already", run.id(), done)
                : Phrase.of("run {0} is {1}", run.id(), done);
    }

    /**
     * Decides on what is there now; when something came between, decides again.
     *
     * @param answering is given the run, and whether nothing was left to do
     * @param deciding throws what is refused
     */
    Reply say(
            RunId id,
            BiFunction<Run, Boolean, Phrase> answering,
            Function<Run, List<RunEvent>> deciding) {
        while (true) {
            Run run = Run.of(journal.read(id));
            refuseHalted(run);
            List<RunEvent> events = deciding.apply(run);
            if (events.isEmpty()) {
                return new Reply.OfRun(id, answering.apply(run, true));
            }
            try {
                journal.append(id, run.version(), events, Consequences.of(run, events), null);
                Run now = Run.of(journal.read(id));
                return new Reply.OfRun(id, answering.apply(now, false));
            } catch (Journal.Overtaken somebodyElseSpoke) {
                // decide again, knowing what they said
            }
        }
    }

    /** What is said to a run that this Backout cannot read might not be true of it any more. */
    private void refuseHalted(Run run) {
        if (run.next(now()) instanceof Next.Halt(Phrase why)) {
            throw Problem.stop(
                    Phrase.of("run {0} stands still: {1}", run.id(), why),
                    Phrase.of("start that newer Backout again and say it there"));
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
