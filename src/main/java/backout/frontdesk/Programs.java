package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest.OfProgram;
import backout.command.CommandLine;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Proposal;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * What programs say by a signed request. What they ask for is a proposal: a person of the site
 * takes it up, and then it needs the votes that it always needs.
 */
record Programs(
        Site site,
        Journal journal,
        CommandLine commands,
        Targets targets,
        Missing missing,
        Beginnings beginnings,
        InstantSource clock) {
    /** Whence it comes, as {@link Origin} has it of the others. */
    private static final String VIA = "webhook";

    Reply take(OfProgram request) {
        Person program = site.program(request.person());
        return switch (request.wish()) {
            case ROLLBACK -> ask(program, request);
            case DEPLOYED -> deployed(program, request);
        };
    }

    private Reply ask(Person program, OfProgram request) {
        Target target = target(request);
        CommandSpec command = site.rollbackOf(target.name().kind()).orElseThrow(() -> none(target));
        var values = new HashMap<>(request.values());
        values.put("target", target.name().name());
        Invocation wanted = commands.read(command.name(), values);
        Rank.require(site, program, wanted);
        Optional<Reply> ask = missing.ofRollback(wanted);
        if (ask.isPresent()) {
            return ask.get();
        }
        Journal.Begun begun =
                beginnings.begun(
                        program,
                        List.of(target),
                        request.delivery(),
                        id -> requested(id, target, request, wanted));
        return switch (begun) {
            case Journal.Begun.New(RunId run) -> asked(run);
            case Journal.Begun.Same(RunId run) -> same(run, wanted);
            case Journal.Begun.Held(RunId run) ->
                    throw new Holder(site, journal).refuses(program, List.of(target), run);
        };
    }

    private Target target(OfProgram request) {
        return targets.any(request.values().getOrDefault("target", ""));
    }

    private static ProblemException none(Target target) {
        return Problem.stop(
                Phrase.of("no command rolls {0} back", target.name()), Phrase.of("see: help"));
    }

    private static Reply asked(RunId run) {
        return new Reply.OfRun(run, Phrase.of("run {0} is proposed: a person takes it up", run));
    }

    private Reply same(RunId id, Invocation wanted) {
        String words = Run.of(journal.read(id)).request().words();
        if (!words.equals(wanted.text())) {
            throw Problem.stop(
                    Phrase.of("this id was given to run {0}, which is \"{1}\"", id, words),
                    Phrase.of("give each request an id of its own"));
        }
        return asked(id);
    }

    private RunEvent.Requested requested(
            RunId id, Target target, OfProgram request, Invocation wanted) {
        Instant now = clock.instant();
        String reason = wanted.value("reason").orElse("");
        return new RunEvent.Requested(
                now,
                id,
                request.delivery(),
                request.person(),
                target.name(),
                wanted.command().name(),
                wanted.text(),
                reason,
                wanted.values(),
                request.place().text(),
                VIA,
                List.of(),
                Proposal.asked(now, reason));
    }

    /** Told again it is kept once. */
    private Reply deployed(Person program, OfProgram request) {
        Target target = target(request);
        String release = request.values().getOrDefault("release", "");
        List<TargetEvent> before = journal.read(target.name());
        Optional<Phrase> warning = warning(program, target, release, Ledger.of(before));
        if (before.stream().noneMatch(event -> isTold(event, request.delivery()))) {
            Instant now = clock.instant();
            var about = new ArrayList<TargetEvent>();
            about.add(
                    new TargetEvent.Deployed(
                            now, release, program.name(), request.delivery(), VIA));
            warning.ifPresent(says -> about.add(new TargetEvent.Warned(now, says)));
            journal.append(target.name(), about);
        }
        Phrase noted =
                Phrase.of("noted: {0} deploys {1} to {2}", program.name(), release, target.name());
        return new Reply.OfTarget(target.name(), Answers.lines(noted, warning.stream().toList()));
    }

    private static boolean isTold(TargetEvent event, String delivery) {
        return event instanceof TargetEvent.Deployed told && told.delivery().equals(delivery);
    }

    private static Optional<Phrase> warning(
            Person program, Target target, String release, Ledger ledger) {
        return ledger.called(release).stream()
                .filter(known -> known.standing() == Release.Standing.BAD)
                .findFirst()
                .map(known ->
                        Phrase.of(
                                "{0}: {1} deploys {2} again, which is marked bad: {3}. Stop it, or"
                                        + " if it is good say: mark good {4} of {5} because REASON",
                                target.name(),
                                program.name(),
                                known.name(),
                                known.bad(),
                                ledger.sayable(known),
                                target.name().name()));
    }
}
