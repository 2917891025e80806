package backout.target.compose;

import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * By which way each container is replaced: by compose, or by the engine where compose would do more
 * than was asked for.
 */
final class Switching {
    private final Engine engine;
    private final Scene scene;
    private final List<Member> members;
    private final Foresight foresight;

    Switching(Engine engine, Scene scene, List<Member> members, Foresight foresight) {
        this.engine = engine;
        this.scene = scene;
        this.members = members.stream().filter(member -> !member.isThereAlready()).toList();
        this.foresight = foresight;
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
        List<Phrase> dependencies = foresight.dependencies(member.service());
        if (!dependencies.isEmpty()) {
            return Optional.of(
                    Phrase.of(
                            "compose would not leave the dependencies alone: {0}",
                            Phrase.joined("; ", dependencies)));
        }
        return Ground.otherwiseNamed(engine, scene, member.service(), member.container());
    }

    /** Whether compose has no part in it, so that the way back needs no file. */
    boolean swapsAll() {
        return members.stream().allMatch(this::swaps);
    }

    List<Phrase> warnings() {
        var warnings = new ArrayList<Phrase>();
        down().ifPresent(warnings::add);
        members.stream()
                .filter(this::swaps)
                .flatMap(member -> why(member).map(why -> told(member, why)).stream())
                .forEach(warnings::add);
        return warnings;
    }

    private static Phrase told(Member member, Phrase why) {
        return Phrase.of(
                "the engine replaces container {0} itself, because {1}",
                member.container().name(), why);
    }

    /** What is brought up besides, and what stays down. */
    private Optional<Phrase> down() {
        if (!scene.isDown()) {
            return Optional.empty();
        }
        var needed = new TreeSet<String>();
        members.forEach(member -> needed.addAll(scene.model().dependencies(member.service())));
        var going = new TreeSet<>(needed);
        members.forEach(member -> going.add(member.service()));
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
