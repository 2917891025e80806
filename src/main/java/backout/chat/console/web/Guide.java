package backout.chat.console.web;

import backout.approval.Person;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.plan.Target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        return site.commands().stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> !site.targetsOf(command.kind()).isEmpty())
                .findFirst();
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
                .add(Html.of("summary", "What to do in this demo"), steps);
    }

    private List<Html> steps() {
        var steps = new ArrayList<Html>();
        command()
                .ifPresent(command -> {
                    var target = site.targetsOf(command.kind()).getFirst();
                    asks().ifPresent(person -> steps.addAll(steps(command, target, person)));
                });
        return steps;
    }

    private List<Html> steps(CommandSpec command, Target target, Person requester) {
        String name = target.name().name();
        var steps = new ArrayList<Html>();
        steps.add(
                Html.of("li")
                        .text(
                                "A broken release of "
                                        + name
                                        + " was just deployed. As "
                                        + requester.name()
                                        + ", type ")
                        .add(Html.of("code", command.name() + " " + name + WHY))
                        .text(" above and press Send."));
        steps.add(
                Html.of("li", "Its card shows the plan. Read it, then press Confirm on the card."));
        approves(requester, target)
                .ifPresent(other -> {
                    steps.add(
                            Html.of(
                                    "li",
                                    "Press Approve: it is refused, nobody approves their own"
                                            + " rollback."));
                    steps.add(
                            Html.of(
                                    "li",
                                    "Become "
                                            + other.name()
                                            + " at the top of the page, and press Approve on the"
                                            + " card."));
                });
        steps.add(
                Html.of("li")
                        .text("Watch it being switched and proven. Then look around: ")
                        .add(Html.of("code", "status"))
                        .text(", ")
                        .add(Html.of("code", "history " + name))
                        .text(", ")
                        .add(Html.of("code", "help"))
                        .text(", and the page of ")
                        .add(
                                Html.of("a", target.name().toString())
                                        .with("href", TargetPage.address(target.name())))
                        .text("."));
        return steps;
    }
}
