package backout.chat.console.web;

import backout.approval.Person;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to do in the demo, step by step, with the words to be typed. */
final class Guide {
    private static final String WHY = " because 5xx after the release";

    private final Site site;

    Guide(Site site) {
        this.site = site;
    }

    /** Who begins: whoever may just ask. Empty where nothing can be rolled back. */
    Optional<Person> asks() {
        return command()
                .flatMap(command ->
                        site.people().values().stream()
                                .filter(person -> person.level() >= command.level())
                                .min(Comparator.comparingInt(Person::level)));
    }

    private Optional<CommandSpec> command() {
        return commands().findFirst();
    }

    private Stream<CommandSpec> commands() {
        return site.commands().stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> !site.targetsOf(command.kind()).isEmpty());
    }

    private Optional<Person> approves(Person requester, Target target) {
        var policy = site.policyOf(target);
        return site.people().values().stream()
                .filter(person -> policy.votes() > 0 && person.level() >= policy.from())
                .filter(person -> !person.equals(requester))
                .min(Comparator.comparingInt(Person::level));
    }

    /**
     * Below the input line.
     *
     * @param open whether it shows its steps at once: cards of runs need the room
     */
    Html panel(boolean open) {
        var steps = Html.of("ol").add(steps());
        var panel = Html.of("details").id("guide").css("panel guide").with("data-key", "guide");
        return (open ? panel.flag("open") : panel)
                .add(Html.of("summary", Phrase.of("What to do in this demo")), steps);
    }

    private List<Html> steps() {
        var steps = new ArrayList<Html>();
        command()
                .ifPresent(command -> {
                    var target = site.targetsOf(command.kind()).getFirst();
                    asks().ifPresent(person -> steps.addAll(steps(command, target, person)));
                });
        commands().skip(1).map(this::another).forEach(steps::add);
        return steps;
    }

    private Html another(CommandSpec command) {
        String name = site.targetsOf(command.kind()).getFirst().name().name();
        return Html.of("li")
                .woven(
                        Phrase.of("It runs in another way too: {0} is the same.", Html.part(0)),
                        code(command.name() + " " + name + WHY));
    }

    private List<Html> steps(CommandSpec command, Target target, Person requester) {
        String name = target.name().name();
        var steps = new ArrayList<Html>();
        steps.add(
                Html.of("li")
                        .woven(
                                Phrase.of(
                                        "A broken release of {0} was just deployed. As {1}, type"
                                                + " {2} above and press Send.",
                                        name, requester.name(), Html.part(0)),
                                code(command.name() + " " + name + WHY)));
        steps.add(
                step(
                        Phrase.of(
                                "Its card shows the plan. Read it, then press Confirm on the"
                                        + " card.")));
        approves(requester, target).ifPresent(other -> steps.addAll(approval(other)));
        steps.add(
                Html.of("li")
                        .woven(
                                Phrase.of(
                                        "Watch it being switched and proven. Then look around:"
                                                + " {0}, and the page of {1}.",
                                        List.of(Html.part(0), Html.part(1), Html.part(2)),
                                        Html.part(3)),
                                code("status"),
                                code("history " + name),
                                code("help"),
                                Html.of("a", target.name().toString())
                                        .with("href", TargetPage.address(target.name()))));
        return steps;
    }

    private static List<Html> approval(Person other) {
        return List.of(
                step(
                        Phrase.of(
                                "Press Approve: it is refused, nobody approves their own"
                                        + " rollback.")),
                step(
                        Phrase.of(
                                "Become {0} at the top of the page, and press Approve on the"
                                        + " card.",
                                other.name())));
    }

    private static Html step(Phrase says) {
        return Html.of("li", says);
    }

    private static Html code(String words) {
        return Html.of("code", words);
    }
}
