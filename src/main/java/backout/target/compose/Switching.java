package backout.target.compose;

import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By which way each container is replaced: by compose, or by the engine where compose would do more
 * than was asked for.
 */
final class Switching {
    private final Engine engine;
    private final Scene scene;
    private final Map<Member, Drift> drifts = new LinkedHashMap<>();

    Switching(Engine engine, Map<String, String> hashes, Scene scene, List<Member> members) {
        this.engine = engine;
        this.scene = scene;
        Set<String> going = members.stream().map(Member::service).collect(Collectors.toSet());
        members.stream()
                .filter(member -> !member.isThereAlready())
                .forEach(member ->
                        drifts.put(
                                member,
                                Drift.look(
                                        engine,
                                        member.service(),
                                        going,
                                        scene.model(),
                                        hashes,
                                        scene.containers())));
    }

    boolean swaps(Member member) {
        Optional<Phrase> why = why(member);
        return switch (scene.target().settings().text("swap")) {
            case "api" -> !member.isDown();
            case "auto" -> why.isPresent();
            default -> {
                if (why.isEmpty()) {
                    yield false;
                }
                throw new ProblemException(
                        new Problem(
                                why.get(),
                                scene.target().name().toString(),
                                Phrase.of("bring them up to date first, or write swap: auto")));
            }
        };
    }

    /** Why compose is not the one to replace it; empty when it is. */
    private Optional<Phrase> why(Member member) {
        if (member.isDown()) {
            return Optional.empty();
        }
        List<Phrase> dependencies = drift(member).dependencies();
        if (!dependencies.isEmpty()) {
            return Optional.of(
                    Phrase.of(
                            "compose would not leave the dependencies alone: {0}",
                            Phrase.joined("; ", dependencies)));
        }
        return Ground.otherwiseNamed(engine, scene, member.service(), member.container());
    }

    private Drift drift(Member member) {
        return drifts.getOrDefault(member, Drift.NONE);
    }

    /** Whether compose has no part in it, so that the way back needs no file. */
    boolean swapsAll() {
        return drifts.keySet().stream().allMatch(this::swaps);
    }

    List<Phrase> warnings() {
        var warnings = new ArrayList<Phrase>();
        down().ifPresent(warnings::add);
        drifts.forEach((member, drift) -> {
            drift.self()
                    .forEach(sentence ->
                            warnings.add(
                                    Phrase.of("{0}; those changes come into force too", sentence)));
            if (swaps(member)) {
                why(member)
                        .map(why ->
                                Phrase.of(
                                        "the engine replaces container {0} itself, because {1}",
                                        member.container().name(), why))
                        .ifPresent(warnings::add);
            }
        });
        return warnings;
    }

    /** What is brought up besides, and what stays down. */
    private Optional<Phrase> down() {
        if (!scene.isDown()) {
            return Optional.empty();
        }
        var needed = new TreeSet<String>();
        drifts.keySet()
                .forEach(member -> needed.addAll(scene.model().dependencies(member.service())));
        var going = new TreeSet<>(needed);
        drifts.keySet().forEach(member -> going.add(member.service()));
        List<String> stays = scene.alsoDown(going);
        Phrase brings =
                needed.isEmpty()
                        ? Phrase.of("nothing of it runs now")
                        : Phrase.of(
                                "nothing of it runs now; with it compose brings up what it needs:"
                                        + " {0}",
                                Phrase.list(needed));
        return Optional.of(
                stays.isEmpty()
                        ? brings
                        : Phrase.of(
                                "{0}; {1} stay down until somebody types: docker compose up -d",
                                brings, Phrase.list(stays)));
    }
}
