package backout.frontdesk;

import backout.approval.Escalation;
import backout.approval.Escalation.Claim;
import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.CallEvent;
import backout.run.Calls;
import backout.run.Offer;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people do about the clock that calls one level after the other. */
final class OnIt {
    private final Site site;
    private final Voices voices;
    private final InstantSource clock;

    OnIt(Site site, Voices voices, InstantSource clock) {
        this.site = site;
        this.voices = voices;
        this.clock = clock;
    }

    Reply take(Person person, String via, RunId id, String does) {
        return switch (does) {
            case "claim" -> claim(person, via, id);
            case "giveback" -> giveBack(person, via, id);
            default -> nudge(person, via, id);
        };
    }

    /** Somebody is at work on it; said again it begins anew. */
    private Reply claim(Person person, String via, RunId id) {
        return voices.say(
                id,
                (_, _) ->
                        Phrase.of(
                                "you are on it for {0}; then, or when you give it back, the next"
                                        + " are called",
                                Escalation.LEASE),
                run -> {
                    Escalation escalation = calling(run);
                    refuseProposal(run);
                    mayDecide(person, run);
                    Instant now = clock.instant();
                    heldByOther(escalation, person)
                            .ifPresent(claim -> {
                                throw Problem.stop(
                                        Phrase.of("{0} is on it already", claim.by()),
                                        Phrase.of(
                                                "talk to {0}; it is free again in {1}",
                                                claim.by(), Say.left(now, claim.until())));
                            });
                    return List.of(
                            new CallEvent.Claimed(
                                    now, person.name(), now.plus(Escalation.LEASE), via));
                });
    }

    /** There the clock is held by a fix or a snooze: those hold a countdown too. */
    private static void refuseProposal(Run run) {
        if (Offer.of(run).isPresent()) {
            throw Problem.stop(
                    Phrase.of("nobody has asked for run {0} yet, it is a proposal", run.id()),
                    Phrase.of("say: fix {0}, which has it wait for {1}", run.id(), Offer.FIX));
        }
    }

    private Optional<Claim> heldByOther(Escalation escalation, Person person) {
        return escalation
                .claim()
                .filter(claim -> clock.instant().isBefore(claim.until()))
                .filter(claim -> !claim.by().equals(person.name()));
    }

    private Reply giveBack(Person person, String via, RunId id) {
        return voices.say(
                id,
                (_, already) ->
                        already
                                ? Phrase.of("you were not on it; nothing was done")
                                : Phrase.of("given back; the clock goes on"),
                run ->
                        Calls.of(run)
                                .flatMap(Escalation::claim)
                                .filter(claim -> claim.by().equals(person.name()))
                                .<List<RunEvent>>map(_ ->
                                        List.of(
                                                new CallEvent.GivenBack(
                                                        clock.instant(), person.name(), via)))
                                .orElse(List.of()));
    }

    /** Calls the present level again. */
    private Reply nudge(Person person, String via, RunId id) {
        return voices.say(
                id,
                (_, _) -> Phrase.of("they are called again"),
                run -> {
                    Escalation escalation = calling(run);
                    if (!Rights.mayNudge(person, run)) {
                        throw Problem.stop(
                                Phrase.of(
                                        "only {0}, who asked for it, or who may vote calls people"
                                                + " again",
                                        run.requester()),
                                Phrase.NONE);
                    }
                    return List.of(nudge(escalation, person, via, run));
                });
    }

    private RunEvent nudge(Escalation escalation, Person person, String via, Run run) {
        Instant now = clock.instant();
        Instant from =
                escalation
                        .nudgeFrom()
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("nobody was called yet"),
                                        Phrase.of("wait a moment; the card says who follows")));
        if (now.isBefore(from)) {
            throw Problem.stop(
                    Phrase.of("they were called less than {0} ago", Escalation.NUDGE_EVERY),
                    Phrase.of("try again when that is over: {0}", Say.left(now, from)));
        }
        int level = escalation.present().orElseThrow().level();
        List<String> people = new Rights(site, run).callees(escalation, level);
        return new CallEvent.Nudged(now, person.name(), level, people, via);
    }

    private void mayDecide(Person person, Run run) {
        run.planned()
                .flatMap(_ -> new Rights(site, run).refusesVote(person, true))
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    private static Escalation calling(Run run) {
        return Calls.of(run)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("nobody is called about run {0} now", run.id()),
                                Phrase.of("see: status")));
    }
}
