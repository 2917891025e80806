package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Guests;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the way in which a container is replaced: by compose, or by the engine where compose would
 * do more than was asked for and the engine would make the same container.
 */
final class WayFinder {
    private final Engine engine;
    private final Scene scene;
    private final Anew anew;
    private final Guests lodged;
    private final Set<String> going;

    /**
     * @param going services that are replaced by a step of their own
     */
    WayFinder(Engine engine, Scene scene, Anew anew, Guests lodged, Set<String> going) {
        this.engine = engine;
        this.scene = scene;
        this.anew = anew;
        this.lodged = lodged;
        this.going = going;
    }

    /**
     * Whatever its image will be. What passes by itself is not looked at, such as a dependency that
     * is being started again: this is asked each minute.
     *
     * @throws ProblemException when one of those that run cannot be replaced
     */
    static void mustHaveOne(Engine engine, Scene scene, Set<String> going) {
        boolean isByEngine = scene.target().settings().text("swap").equals("api");
        Guests lodged = Guests.look(engine);
        for (String service : going) {
            for (ContainerSummary one : scene.of(service)) {
                if (one.isStarted()) {
                    refuse(Neighbours.of(scene, lodged, service, one, going).refusals(one.name()));
                    refuse(
                            isByEngine
                                    ? new EngineWay(engine, scene.model())
                                            .refusals(service, one.name())
                                    : List.of());
                }
            }
        }
    }

    /** What there is to know of one container before its way is chosen. */
    private record Around(
            String service,
            ContainerSummary container,
            Neighbours neighbours,
            List<Phrase> more,
            List<Down> downs,
            boolean isExact) {
        /** What speaks for the engine: compose would do more than was asked for. */
        List<Phrase> reasons() {
            var reasons = new ArrayList<>(more);
            downs.stream().filter(Down::isRunAgain).map(Down::againByUp).forEach(reasons::add);
            return reasons;
        }
    }

    /**
     * @param to the identity of the image that it gets
     * @throws ProblemException when there is none, with every reason
     */
    Way way(String service, ContainerSummary container, String to) {
        if (container.imageId().equals(Step.NOTHING)) {
            return made(service);
        }
        Around around = look(service, container, to);
        return switch (scene.target().settings().text("swap")) {
            case "api" -> byEngine(around);
            case "auto" -> auto(around);
            default -> {
                if (!around.more().isEmpty()) {
                    throw new ProblemException(touchesMore(around.more()));
                }
                yield byCompose(around);
            }
        };
    }

    /** There is nothing to be replaced. */
    private Way made(String service) {
        List<String> starts =
                Down.look(engine, scene, service, going).stream().map(Down::service).toList();
        return new Way(false, true, List.of(), starts, List.of());
    }

    private Around look(String service, ContainerSummary container, String to) {
        Neighbours neighbours = Neighbours.of(scene, lodged, service, container, going);
        refuse(neighbours.refusals(container.name()));
        var replaced = new LinkedHashSet<>(List.of(service));
        replaced.addAll(neighbours.guests());
        Set<String> meant = with(replaced);
        var dependencies = new LinkedHashSet<Phrase>();
        var downs = new LinkedHashSet<Down>();
        for (String one : replaced) {
            dependencies.addAll(anew.dependencies(one, meant));
            downs.addAll(Down.look(engine, scene, one, meant));
        }
        var more = new ArrayList<Phrase>();
        if (!dependencies.isEmpty()) {
            more.add(
                    Phrase.of(
                            "compose would not leave the dependencies alone: {0}",
                            joined(List.copyOf(dependencies))));
        }
        replaced.forEach(one -> Replicas.changed(scene, one).ifPresent(more::add));
        LeftVolumes.of(engine, scene.model(), service, container, to).ifPresent(more::add);
        Ground.otherwiseNamed(engine, scene, service, container).ifPresent(more::add);
        return new Around(
                service,
                container,
                neighbours,
                List.copyOf(more),
                List.copyOf(downs),
                anew.isExact(service));
    }

    private Set<String> with(Set<String> replaced) {
        var all = new HashSet<>(going);
        all.addAll(replaced);
        return all;
    }

    private static void refuse(List<Problem> refusals) {
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals);
        }
    }

    private Problem touchesMore(List<Phrase> more) {
        return new Problem(
                joined(more),
                scene.target().name().toString(),
                Phrase.of("bring them up to date first, or write swap: auto"));
    }

    static Phrase joined(List<Phrase> sentences) {
        return Phrase.joined("; ", sentences);
    }

    private Way auto(Around around) {
        if (around.reasons().isEmpty()) {
            return byCompose(around);
        }
        List<Problem> refusals = refusals(around);
        if (refusals.isEmpty()) {
            return byEngine(around);
        }
        if (around.more().isEmpty()) {
            return byCompose(around);
        }
        throw new ProblemException(noWay(around, refusals));
    }

    private List<Problem> refusals(Around around) {
        return new EngineWay(engine, scene.model())
                .refusals(around.service(), around.container().name());
    }

    private static List<Problem> noWay(Around around, List<Problem> refusals) {
        return refusals.stream()
                .map(refusal ->
                        new Problem(
                                Phrase.of(
                                        "{0}; and the engine alone is no way either: {1}",
                                        joined(around.more()), refusal.what()),
                                refusal.where(),
                                Phrase.of(
                                        "bring what it names up to date first with docker compose"
                                                + " up -d, then ask again")))
                .toList();
    }

    private Way byEngine(Around around) {
        refuse(
                around.downs().stream()
                        .filter(down -> !down.isRunAgain())
                        .map(down -> down.refusal(around.container().name()))
                        .toList());
        refuse(refusals(around));
        var says = new ArrayList<Phrase>();
        if (!around.reasons().isEmpty()) {
            says.add(
                    Phrase.of(
                            "the engine replaces container {0} itself, because {1}",
                            around.container().name(), joined(around.reasons())));
        }
        around.neighbours()
                .restarted()
                .forEach(other ->
                        says.add(
                                Phrase.of(
                                        "{0} should be started again with {1} (restart: true), and"
                                                + " the engine does not do that: type {2}"
                                                + " afterwards",
                                        other, around.service(), restart(other))));
        says.addAll(around.neighbours().rests(scene, around.service()));
        says.addAll(around.neighbours().keepers(around.service()));
        return new Way(true, around.isExact(), List.of(), List.of(), says);
    }

    private Way byCompose(Around around) {
        String service = around.service();
        var says = new ArrayList<Phrase>();
        around.downs().forEach(down -> says.add(down.startedByUp()));
        var with = new ArrayList<String>();
        for (String guest : around.neighbours().guests()) {
            with.add(guest);
            says.add(
                    Phrase.of(
                            "{0} lives in what {1} lends it, so it is made anew as well",
                            guest, service));
        }
        for (String other : around.neighbours().restarted()) {
            says.add(restarted(around, other, with));
        }
        says.addAll(around.neighbours().rests(scene, service));
        says.addAll(around.neighbours().keepers(service));
        List<String> starts = around.downs().stream().map(Down::service).toList();
        return new Way(false, around.isExact(), with, starts, says);
    }

    private Phrase restarted(Around around, String other, List<String> with) {
        var meant = with(around.neighbours().guests());
        meant.add(around.service());
        if (anew.isLeftAlone(other, meant) && hasAllItNeeds(other, meant)) {
            with.add(other);
            return Phrase.of(
                    "{0} is started again with {1}, as its restart: true asks for",
                    other, around.service());
        }
        return Phrase.of(
                "{0} should be started again with {1} (restart: true), and is left alone, because"
                        + " compose would make more anew: type {2} afterwards",
                other, around.service(), restart(other));
    }

    private String restart(String other) {
        return ComposeCli.line(scene.project(), List.of(other), "restart");
    }

    private boolean hasAllItNeeds(String service, Set<String> meant) {
        try {
            return Down.look(engine, scene, service, meant).isEmpty();
        } catch (ProblemException _) {
            // It is not what goes back: what it lacks is no reason against that
            return false;
        }
    }
}
