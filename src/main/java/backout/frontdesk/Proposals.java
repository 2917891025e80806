package backout.frontdesk;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Journal;
import backout.run.Offer;
import backout.run.ProposalEvent;
import backout.run.ProposalEvent.Pause;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What people say to a rollback that the bot proposes. */
record Proposals(Site site, Journal journal, Voices voices, InstantSource clock) {
    /** Of what the bot proposes this is asking for it too. */
    Reply confirm(Person person, String via, RunId id, String plan) {
        return Offer.of(Run.of(journal.read(id))).isPresent()
                ? takeUp(person, via, id, plan)
                : voices.confirm(person, via, id, plan);
    }

    /** It becomes the person's own rollback; the plan on its card is what they confirm. */
    private Reply takeUp(Person person, String via, RunId id, String plan) {
        return voices.say(
                id,
                (_, _) -> Phrase.of("run {0} is yours now, and confirmed", id),
                run -> {
                    open(run);
                    may(person, run);
                    Voices.policy(run, plan, Phrase.of("confirmed"));
                    Voices.refuseUnread(run, plan, "confirm");
                    return List.of(
                            new ProposalEvent.TakenUp(now(), person.name(), via),
                            new RunEvent.Confirmed(
                                    now(), person.name(), run.plan().hash(), via, plan));
                });
    }

    /** Has a proposal wait. */
    Reply hold(Person person, String via, RunId id, Pause why) {
        Instant until = now().plus(why == Pause.FIX ? Offer.FIX : Offer.SNOOZE);
        return voices.say(
                id,
                (_, _) -> Phrase.of("run {0} waits until {1}", id, until),
                run -> {
                    open(run);
                    may(person, run);
                    return List.of(new ProposalEvent.Held(now(), person.name(), why, until, via));
                });
    }

    /** Has it watched whether a fix holds; then it is over. */
    Reply fixed(Person person, String via, RunId id) {
        Run now = Run.of(journal.read(id));
        Instant until = now().plus(site.target(now.request().target()).orElseThrow().goodAfter());
        return voices.say(
                id,
                (_, _) -> Phrase.of("run {0} is watched until {1}", id, until),
                run -> {
                    open(run);
                    may(person, run);
                    refuseUnseen(run);
                    return List.of(
                            new ProposalEvent.Held(now(), person.name(), Pause.FIXED, until, via));
                });
    }

    /** What a program asks for is not ended by checks that hold. */
    private static void refuseUnseen(Run run) {
        if (Offer.of(run).filter(offer -> offer.proposal().isAsked()).isPresent()) {
            throw Problem.stop(
                    Phrase.of(
                            "run {0} was asked for; no check tells whether that is mended",
                            run.id()),
                    Phrase.of("to end it say: cancel {0}", run.id()));
        }
    }

    private static void open(Run run) {
        Voices.mayStillChange(run);
        if (Offer.of(run).isEmpty()) {
            throw Problem.stop(
                    Phrase.of("run {0} is no proposal, or somebody took it up", run.id()),
                    Phrase.of("see: status"));
        }
    }

    private void may(Person person, Run run) {
        var rights = new Rights(site, run);
        if (!rights.mayTakeUp(person)) {
            throw Problem.stop(
                    Phrase.of("run {0} is for those who may ask for such a rollback", run.id()),
                    Phrase.of("ask one of: {0}", Phrase.list(rights.who("confirm"))));
        }
    }

    /**
     * Ends a proposal, for a person asks for a rollback of their own.
     *
     * @return whether that target is free now; else it is somebody's rollback
     */
    boolean replace(Person person, RunId id) {
        while (true) {
            Run run = Run.of(journal.read(id));
            if (run.outcome().isPresent()) {
                return true;
            }
            if (Offer.of(run).isEmpty()) {
                return false;
            }
            Phrase why = Phrase.of("{0} asked for a rollback of their own", person.name());
            try {
                journal.append(
                        id,
                        run.version(),
                        List.of(
                                new ProposalEvent.Obsolete(now(), why),
                                new RunEvent.Finished(now(), Offer.ended(why))),
                        List.of(),
                        null);
                return true;
            } catch (Journal.Overtaken somebodyElseSpoke) {
                // decide again, knowing what they said
            }
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
