package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Guests;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the way in which a container is replaced: by compose, or by the engine where compose would
 * do more than was asked for and the engine would make the same container.
 */
final class WayFinder {
    private final Engine engine;
    private final Scene scene;
    private final Map<String, String> hashes;
    private final Guests lodged;
    private final Set<String> going;

    /**
     * @param going services that are replaced by a step of their own
     */
    WayFinder(
            Engine engine,
            Scene scene,
            Map<String, String> hashes,
            Guests lodged,
            Set<String> going) {
        this.engine = engine;
        this.scene = scene;
        this.hashes = hashes;
        this.lodged = lodged;
        this.going = going;
    }

    /**
     * @throws ProblemException when there is none, with every reason
     */
    Way way(ContainerSummary container) {
        String service = container.labels().getOrDefault(Discovery.SERVICE, "");
        Neighbours neighbours = Neighbours.of(scene, lodged, container, going);
        refuse(neighbours.refusals(container.name()));
        var replaced = new LinkedHashSet<>(List.of(service));
        replaced.addAll(neighbours.guests());
        List<Phrase> drifted = drifted(replaced);
        List<Down> downs = downs(replaced);
        boolean isExact = drift(service, replaced).self().isEmpty();
        return switch (scene.target().settings().text("swap")) {
            case "api" -> byEngine(container, neighbours, downs, isExact, List.of());
            case "auto" -> auto(container, neighbours, drifted, downs, isExact);
            default -> {
                if (!drifted.isEmpty()) {
                    throw new ProblemException(touchesMore(drifted));
                }
                yield byCompose(container, neighbours, downs, isExact);
            }
        };
    }

    private static void refuse(List<Problem> refusals) {
        if (!refusals.isEmpty()) {
            throw new ProblemException(refusals);
        }
    }

    /** What up would make anew although nobody asked for it. */
    private List<Phrase> drifted(Set<String> replaced) {
        return replaced.stream()
                .flatMap(service -> drift(service, replaced).dependencies().stream())
                .distinct()
                .toList();
    }

    private Drift drift(String service, Set<String> replaced) {
        return Drift.look(
                engine, service, beside(replaced), scene.model(), hashes, scene.containers());
    }

    private List<Down> downs(Set<String> replaced) {
        return replaced.stream()
                .flatMap(service ->
                        Down.look(engine, scene, service, beside(replaced)).stream())
                .distinct()
                .toList();
    }

    private Set<String> beside(Set<String> replaced) {
        var all = new HashSet<>(going);
        all.addAll(replaced);
        return all;
    }

    private Problem touchesMore(List<Phrase> drifted) {
        return new Problem(
                Phrase.of(
                        "compose would not leave the dependencies alone: {0}",
                        Phrase.joined("; ", drifted)),
                scene.target().name().toString(),
                Phrase.of("bring them up to date first, or write swap: auto"));
    }

    private Way auto(
            ContainerSummary container,
            Neighbours neighbours,
            List<Phrase> drifted,
            List<Down> downs,
            boolean isExact) {
        var reasons = new ArrayList<>(drifted);
        downs.stream()
                .filter(down -> down.how() == Down.How.RUN_AGAIN)
                .map(down -> Phrase.of("{0}, and up would run it once more", down.says()))
                .forEach(reasons::add);
        if (reasons.isEmpty()) {
            return byCompose(container, neighbours, downs, isExact);
        }
        List<Problem> refusals = refusals(container);
        if (refusals.isEmpty()) {
            return byEngine(container, neighbours, downs, isExact, reasons);
        }
        if (drifted.isEmpty()) {
            return byCompose(container, neighbours, downs, isExact);
        }
        throw new ProblemException(noWay(drifted, refusals));
    }

    private List<Problem> refusals(ContainerSummary container) {
        String service = container.labels().getOrDefault(Discovery.SERVICE, "");
        return new EngineWay(engine, scene.model()).refusals(service, container.name());
    }

    private List<Problem> noWay(List<Phrase> drifted, List<Problem> refusals) {
        return refusals.stream()
                .map(refusal ->
                        new Problem(
                                Phrase.of(
                                        "compose would touch more: {0}; and the engine alone"
                                                + " cannot: {1}",
                                        Phrase.joined("; ", drifted), refusal.what()),
                                refusal.where(),
                                Phrase.of(
                                        "bring the dependencies up to date first with docker"
                                                + " compose up -d, naming them, then ask again")))
                .toList();
    }

    private Way byEngine(
            ContainerSummary container,
            Neighbours neighbours,
            List<Down> downs,
            boolean isExact,
            List<Phrase> reasons) {
        refuse(notStarted(container, downs));
        refuse(refusals(container));
        String service = container.labels().getOrDefault(Discovery.SERVICE, "");
        var says = new ArrayList<Phrase>();
        if (!isExact) {
            says.add(
                    Phrase.of(
                            "the files say something else of {0} than its container was made from;"
                                    + " the engine leaves that out, and the next docker compose up"
                                    + " makes {0} anew",
                            service));
        }
        if (!reasons.isEmpty()) {
            says.add(
                    Phrase.of(
                            "the engine replaces this one container, because compose would touch"
                                    + " more: {0}",
                            Phrase.joined("; ", reasons)));
        }
        neighbours
                .restarted()
                .forEach(other ->
                        says.add(
                                Phrase.of(
                                        "{0} should be started again with {1} (restart: true); the"
                                                + " engine does not do that: type docker compose"
                                                + " restart {0} afterwards",
                                        other, service)));
        says.addAll(keepers(neighbours, service));
        return new Way(true, isExact, List.of(), List.of(), says);
    }

    private static List<Problem> notStarted(ContainerSummary container, List<Down> downs) {
        return downs.stream()
                .filter(down -> down.how() == Down.How.STARTED)
                .map(down ->
                        new Problem(
                                Phrase.of(
                                        "{0}, and the engine replaces {1} alone, which would start"
                                                + " without it",
                                        down.says(), container.name()),
                                down.service(),
                                Phrase.of(
                                        "start it first with {0}, then ask again", down.byHand())))
                .toList();
    }

    private Way byCompose(
            ContainerSummary container, Neighbours neighbours, List<Down> downs, boolean isExact) {
        String service = container.labels().getOrDefault(Discovery.SERVICE, "");
        var says = new ArrayList<Phrase>();
        if (!isExact) {
            says.add(
                    Phrase.of(
                            "{0}; those changes come into force too",
                            drift(service, Set.of()).self().getFirst()));
        }
        for (Down down : downs) {
            says.add(
                    down.how() == Down.How.RUN_AGAIN
                            ? Phrase.of("{0}, and compose runs it once more", down.says())
                            : Phrase.of("{0}, and compose starts it first", down.says()));
        }
        var with = new ArrayList<String>();
        for (String guest : neighbours.guests()) {
            with.add(guest);
            says.add(
                    Phrase.of(
                            "{0} lives in what {1} lends it, so it is made anew as well",
                            guest, service));
            drift(guest, Set.of())
                    .self()
                    .forEach(sentence ->
                            says.add(
                                    Phrase.of("{0}; those changes come into force too", sentence)));
        }
        for (String other : neighbours.restarted()) {
            if (isAlone(other, neighbours)) {
                with.add(other);
                says.add(
                        Phrase.of(
                                "{0} is started again with {1}, as its restart: true asks for",
                                other, service));
            } else {
                says.add(
                        Phrase.of(
                                "{0} should be started again with {1} (restart: true), and is left"
                                        + " alone, because compose would make more anew: type"
                                        + " docker compose restart {0} afterwards",
                                other, service));
            }
        }
        says.addAll(keepers(neighbours, service));
        return new Way(
                false, isExact, with, downs.stream().map(Down::service).toList(), says);
    }

    /** Whether compose, when it is named, does nothing to it but start it again. */
    private boolean isAlone(String other, Neighbours neighbours) {
        Set<String> known = beside(neighbours.guests());
        Drift drift =
                Drift.look(engine, other, known, scene.model(), hashes, scene.containers());
        return drift.self().isEmpty()
                && drift.dependencies().isEmpty()
                && Down.look(engine, scene, other, known).isEmpty();
    }

    private static List<Phrase> keepers(Neighbours neighbours, String service) {
        return neighbours.keepers().stream()
                .map(name -> Phrase.of("{0} keeps the volumes that it has of {1}", name, service))
                .toList();
    }
}
