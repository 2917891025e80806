package backout.frontdesk;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a request becomes a run. */
record Beginnings(
        Site site,
        Journal journal,
        Targets targets,
        Missing missing,
        Locks locks,
        Proposals proposals,
        InstantSource clock,
        Supplier<RunId> ids,
        Origin origin) {
    private static final int MOST_DRAWS = 20;

    /** A face delivers again within minutes. */
    private static final int LOOKED_BACK = 50;

    /** Asks for the run, or for what is missing. */
    Reply begin(Said said, Person person) {
        Optional<Reply> ask = missing.ofRollback(said.invocation());
        if (ask.isPresent()) {
            return ask.get();
        }
        List<Target> all = targets.of(said.invocation());
        if (said.invocation().command().isGroup()) {
            Rank.require(site, person, all);
        }
        Journal.Begun begun =
                begun(
                        person,
                        all,
                        said.request().delivery(),
                        id -> said.requested(clock.instant(), id, person, all, origin));
        return switch (begun) {
            case Journal.Begun.New(RunId run) ->
                    new Reply.OfRun(
                            run,
                            Phrase.of(
                                    "run {0}: nothing is done before {1} confirms it",
                                    run, person.name()));
            case Journal.Begun.Same(RunId run) ->
                    new Reply.OfRun(run, Phrase.of("that is run {0} already", run));
            case Journal.Begun.Held(RunId run) ->
                    throw new Holder(site, journal).refuses(person, all, run);
        };
    }

    /**
     * What the bot merely proposes is in no person's way. What was begun before a freeze is found
     * again when it is delivered once more.
     *
     * @throws backout.problem.ProblemException when one of the targets is frozen; nothing is begun
     */
    Journal.Begun begun(
            Person person,
            List<Target> all,
            String delivery,
            Function<RunId, RunEvent.Requested> request) {
        Optional<TargetName> frozen =
                all.stream().map(Target::name).filter(locks::isFrozen).findFirst();
        if (frozen.isPresent()) {
            Optional<RunId> known = delivered(delivery);
            if (known.isPresent()) {
                return new Journal.Begun.Same(known.get());
            }
            locks.refuseFrozen(frozen.get());
        }
        Journal.Begun begun = begin(request);
        return begun instanceof Journal.Begun.Held(RunId held)
                        && !person.isProgram()
                        && proposals.replace(person, held)
                ? begin(request)
                : begun;
    }

    private Optional<RunId> delivered(String delivery) {
        return journal.recent(LOOKED_BACK).stream()
                .filter(id -> Run.of(journal.read(id)).request().delivery().equals(delivery))
                .findFirst();
    }

    /** Ids are short, for people type them: one that an older run has is drawn again. */
    private Journal.Begun begin(Function<RunId, RunEvent.Requested> request) {
        for (int draws = 1; ; draws++) {
            try {
                return journal.begin(request.apply(ids.get()));
            } catch (Journal.Overtaken taken) {
                if (draws == MOST_DRAWS) {
                    throw taken;
                }
            }
        }
    }
}
