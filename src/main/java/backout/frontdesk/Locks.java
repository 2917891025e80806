package backout.frontdesk;

import backout.approval.Person;
import backout.approval.Policy;
import backout.check.Quantity;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.run.Freezes;
import backout.run.Journal;
import backout.run.Run;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people forbid for a while: to go forward ({@code lock}), and to roll back too ({@code
 * freeze}).
 */
final class Locks {
    private static final Duration LONGEST = Duration.ofDays(90);

    private final Site site;
    private final Journal journal;
    private final Targets targets;
    private final InstantSource clock;

    Locks(Site site, Journal journal, Targets targets, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * @throws ProblemException when something of it is frozen: nothing is begun then
     */
    void refuseFrozen(TargetName target) {
        freezes().on(target, clock.instant()).ifPresent(this::refuse);
    }

    boolean isFrozen(TargetName target) {
        return freezes().on(target, clock.instant()).isPresent();
    }

    private void refuse(Freeze freeze) {
        throw new ProblemException(Freezes.refusal(freeze, site));
    }

    Reply take(Person person, String via, Invocation said) {
        return switch (said.command().does()) {
            case "lock" -> lock(person, via, said);
            case "freeze" -> freeze(person, via, said);
            default -> thaw(person, via, said);
        };
    }

    private Reply lock(Person person, String via, Invocation said) {
        TargetName target = targets.any(said.value("target").orElse("")).name();
        Instant until = until(said);
        journal.append(
                target,
                List.of(
                        new TargetEvent.Locked(
                                clock.instant(), person.name(), why(said), "", until, via)));
        Phrase done =
                until == null
                        ? Phrase.of("{0} is locked, said {1}", target, person.name())
                        : Phrase.of(
                                "{0} is locked until {1}, said {2}", target, until, person.name());
        return told(
                target,
                done,
                List.of(
                        Phrase.of(
                                "whatever goes forward to another release is warned about, and"
                                        + " pipelines that ask are told; lift it with: unlock {0}",
                                target.name())));
    }

    /** One that holds is not taken away from whoever may lift it alone. */
    private Reply freeze(Person person, String via, Invocation said) {
        TargetName target = named(said);
        Instant now = clock.instant();
        freezes()
                .own(target, now)
                .filter(held -> !Freezes.mayThaw(person, held))
                .ifPresent(this::refuse);
        var event =
                new TargetEvent.Frozen(
                        now, person.name(), why(said), until(said), level(target), via);
        journal.append(target, List.of(event));
        Freeze freeze = Freeze.in(target, List.of(event)).orElseThrow();
        var more = new ArrayList<>(underWay(freeze));
        more.add(Phrase.of("lift it with: thaw {0}", freeze.named()));
        return told(target, freeze.says(), more);
    }

    /** What is to know of runs that were asked for before. */
    private List<Phrase> underWay(Freeze freeze) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> Freezes.about(run).contains(freeze.target()))
                .map(run ->
                        run.hasBegunSwitch()
                                ? Phrase.of(
                                        "run {0} has begun to switch and goes on to its end",
                                        run.id())
                                : Phrase.of(
                                        "run {0} waits: it is neither confirmed nor approved"
                                                + " before this is over",
                                        run.id()))
                .toList();
    }

    private Reply thaw(Person person, String via, Invocation said) {
        TargetName target = named(said);
        Instant now = clock.instant();
        Freeze freeze = freezes().own(target, now).orElseThrow(() -> notFrozen(target, now));
        if (!Freezes.mayThaw(person, freeze)) {
            refuse(freeze);
        }
        Phrase reason = said.value("reason").map(Phrase::verbatim).orElse(Phrase.NONE);
        journal.append(target, List.of(new TargetEvent.Thawed(now, person.name(), reason, via)));
        return told(
                target,
                Phrase.of("{0} is no longer frozen, said {1}", freeze.named(), person.name()),
                freezes()
                        .on(target, now)
                        .map(other -> Freezes.refusal(other, site).phrase())
                        .stream()
                        .toList());
    }

    private ProblemException notFrozen(TargetName target, Instant now) {
        return Problem.stop(
                Phrase.of("{0} is not frozen", target),
                freezes()
                        .on(target, now)
                        .map(other -> Freezes.refusal(other, site).phrase())
                        .orElse(Phrase.of("see: status")));
    }

    private TargetName named(Invocation said) {
        String name = said.value("target").orElse("");
        return name.equals(Freeze.SITE.name()) ? Freeze.SITE : targets.any(name).name();
    }

    /** Of the whole site it is the one of whichever target is best guarded. */
    private int level(TargetName name) {
        return site.target(name)
                .map(site::policyOf)
                .map(Policy::thawFrom)
                .orElseGet(() ->
                        site.policies().values().stream()
                                .mapToInt(Policy::thawFrom)
                                .max()
                                .orElse(0));
    }

    private static Phrase why(Invocation said) {
        return said.value("reason")
                .map(Phrase::verbatim)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("a {0} needs a reason", said.command().name()),
                                Phrase.of("say it again with: {0} because REASON", said.text())));
    }

    private @Nullable Instant until(Invocation said) {
        Optional<String> time = said.value("time");
        return time.map(text ->
                        Quantity.duration(text)
                                .filter(Duration::isPositive)
                                .filter(it -> it.compareTo(LONGEST) <= 0)
                                .orElseThrow(() -> noTime(text)))
                .map(clock.instant()::plus)
                .orElse(null);
    }

    private static ProblemException noTime(String text) {
        return Problem.stop(
                Phrase.of("\"{0}\" is not how long it can hold", Shown.of(text)),
                Phrase.of("say for 30m, for 2h or for 7d, at most {0}", LONGEST));
    }

    private Freezes freezes() {
        return Freezes.of(journal);
    }

    private static Reply told(TargetName target, Phrase done, List<Phrase> more) {
        return new Reply.OfTarget(target, Answers.lines(done, more));
    }
}
