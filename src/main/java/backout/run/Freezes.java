package backout.run;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is frozen: a target by itself, or with the whole site.
 *
 * @param events a target's own stream
 */
public record Freezes(Function<TargetName, List<TargetEvent>> events) {
    public static Freezes of(Journal journal) {
        return new Freezes(journal::read);
    }

    /** The freeze that keeps a target from being run on; empty while none does. */
    public Optional<Freeze> on(TargetName target, Instant now) {
        return Stream.of(Freeze.SITE, target).flatMap(name -> own(name, now).stream()).findFirst();
    }

    /** That of this name alone, which may be {@link Freeze#SITE}. */
    public Optional<Freeze> own(TargetName name, Instant now) {
        return Freeze.in(name, events.apply(name)).filter(freeze -> freeze.holds(now));
    }

    /** The same of all that a run is about and moves. */
    public Optional<Freeze> on(Run run, Instant now) {
        return about(run).stream().flatMap(name -> own(name, now).stream()).findFirst();
    }

    /** All names under which a freeze would concern the run. */
    public static Set<TargetName> about(Run run) {
        var names = new LinkedHashSet<TargetName>(List.of(Freeze.SITE));
        names.addAll(run.request().targets());
        run.planned()
                .ifPresent(planned ->
                        planned.plan().moves().forEach(moved -> names.add(moved.target())));
        return names;
    }

    /** Whether this person may lift it: who set it, and who has the level that it names. */
    public static boolean mayThaw(Person person, Freeze freeze) {
        return person.name().equals(freeze.by()) || person.level() >= freeze.level();
    }

    /** Why a run must not begin to switch; empty where it may. */
    Optional<Problem> refuses(Run run, Site site, Instant now) {
        return on(run, now).map(freeze -> refusal(freeze, site));
    }

    /** Why nothing is run, who can change that, and how. */
    public static Problem refusal(Freeze freeze, Site site) {
        List<String> who =
                site.people().values().stream()
                        .filter(person -> mayThaw(person, freeze))
                        .map(Person::name)
                        .toList();
        return Problem.of(
                Phrase.of("{0}. Nothing is run on it meanwhile", freeze.says()),
                Phrase.of(
                        "wait until it is over, or ask one of {0} to say: thaw {1}",
                        Phrase.list(who), freeze.named()));
    }
}
