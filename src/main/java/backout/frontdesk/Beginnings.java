package backout.frontdesk;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.run.Journal;
import backout.run.RunId;

import java.time.InstantSource;
import java.util.Optional;
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

    /** Asks for the run, or for what is missing. */
    Reply begin(Said said, Person person) {
        Optional<Reply> ask = missing.ofRollback(said.invocation());
        if (ask.isPresent()) {
            return ask.get();
        }
        Target target = targets.of(said.invocation());
        locks.refuseFrozen(target.name());
        return switch (begun(said, person, target)) {
            case Journal.Begun.New(RunId run) ->
                    new Reply.OfRun(
                            run,
                            Phrase.of(
                                    "run {0}: nothing is done before {1} confirms it",
                                    run, person.name()));
            case Journal.Begun.Same(RunId run) ->
                    new Reply.OfRun(run, Phrase.of("that is run {0} already", run));
            case Journal.Begun.Held(RunId run) ->
                    throw new Holder(site, journal).refuses(person, target, run);
        };
    }

    /** What the bot merely proposes is in nobody's way. */
    private Journal.Begun begun(Said said, Person person, Target target) {
        Journal.Begun begun = begin(said, person, target);
        return begun instanceof Journal.Begun.Held(RunId held) && proposals.replace(person, held)
                ? begin(said, person, target)
                : begun;
    }

    /** Ids are short, for people type them: one that an older run has is drawn again. */
    private Journal.Begun begin(Said said, Person person, Target target) {
        for (int draws = 1; ; draws++) {
            try {
                return journal.begin(
                        said.requested(clock.instant(), ids.get(), person, target, origin));
            } catch (Journal.Overtaken taken) {
                if (draws == MOST_DRAWS) {
                    throw taken;
                }
            }
        }
    }
}
