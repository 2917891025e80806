package backout.frontdesk;

import backout.approval.Person;
import backout.check.Quantity;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.run.Hold;
import backout.run.HoldEvent;
import backout.run.Run;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What people do about a run that is under way: hold it, let it go on, have it taken back. */
final class Holds {
    private final Site site;
    private final Voices voices;
    private final InstantSource clock;

    Holds(Site site, Voices voices, InstantSource clock) {
        this.site = site;
        this.voices = voices;
        this.clock = clock;
    }

    Reply take(Person person, String via, RunId id, Said said) {
        String reason = said.value("reason");
        return switch (said.invocation().command().does()) {
            case "pause" -> pause(person, via, id, time(said.value("time")), reason);
            case "resume" -> resume(person, via, id);
            default -> abort(person, via, id, reason);
        };
    }

    private Reply pause(Person person, String via, RunId id, Duration time, String reason) {
        Instant until = clock.instant().plus(time);
        return voices.say(
                id,
                (_, _) ->
                        Phrase.of(
                                "run {0} begins no further step before {1}; then it goes on by"
                                        + " itself. Sooner: resume {0}; to take it back: abort {0}",
                                id, until),
                run -> {
                    requireUnderWay(run, person);
                    return List.of(
                            new HoldEvent.Paused(
                                    clock.instant(), person.name(), until, reason, via));
                });
    }

    private Reply resume(Person person, String via, RunId id) {
        return voices.say(
                id,
                (_, already) ->
                        already
                                ? Phrase.of("run {0} was not paused; nothing was done", id)
                                : Phrase.of("run {0} goes on", id),
                run -> {
                    requireUnderWay(run, person);
                    return Hold.of(run).paused(clock.instant()).isEmpty()
                            ? List.of()
                            : List.of(new HoldEvent.Resumed(clock.instant(), person.name(), via));
                });
    }

    private Reply abort(Person person, String via, RunId id, String reason) {
        return voices.say(
                id,
                (run, already) ->
                        already
                                ? Phrase.of("run {0} is being taken back already", id)
                                : aborted(run),
                run -> {
                    requireUnderWay(run, person);
                    if (!run.hasBegunSwitch()) {
                        throw Problem.stop(
                                Phrase.of("run {0} has not begun to switch", id),
                                Phrase.of("say: cancel {0}", id));
                    }
                    boolean already = run.isUndoing() || Hold.of(run).aborted().isPresent();
                    return already
                            ? List.of()
                            : List.of(
                                    new HoldEvent.Aborted(
                                            clock.instant(), person.name(), reason, via));
                });
    }

    private static Phrase aborted(Run run) {
        List<Phrase> stays = Hold.of(run).stays();
        return stays.isEmpty()
                ? Phrase.of("run {0} is aborted: what it began is taken back", run.id())
                : Phrase.of(
                        "run {0} is aborted: what it began is taken back. This stays as it is: {1}",
                        run.id(), Phrase.joined("; ", stays));
    }

    private void requireUnderWay(Run run, Person person) {
        run.outcome()
                .ifPresent(outcome -> {
                    throw Problem.stop(
                            Phrase.of("run {0} is over: {1}", run.id(), outcome.says()),
                            Phrase.NONE);
                });
        if (run.planned().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("run {0} has no plan yet", run.id()),
                    Phrase.of("wait a moment, then say it again"));
        }
        run.planned()
                .get()
                .policy()
                .refusesAnswer(person, run.requester(), site.people().values())
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    private static Duration time(String text) {
        return text.isEmpty()
                ? Hold.USUAL
                : Quantity.duration(text)
                        .filter(Duration::isPositive)
                        .filter(time -> time.compareTo(Hold.LONGEST) <= 0)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "\"{0}\" is not how long it can hold",
                                                Shown.of(text)),
                                        Phrase.of("say for 5m, at most {0}", Hold.LONGEST)));
    }
}
