package backout.target.compose;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;

/**
 * By which way each container is replaced: by compose, or by the engine where compose would do more
 * than was asked for.
 */
final class Switching {
    private final Scene scene;
    private final List<Member> members;
    private final Foresight foresight;

    Switching(Scene scene, List<Member> members, Foresight foresight) {
        this.scene = scene;
        this.members = members.stream().filter(member -> !member.isThereAlready()).toList();
        this.foresight = foresight;
    }

    boolean swaps(Member member) {
        List<Phrase> dependencies = dependencies(member);
        return switch (scene.target().settings().text("swap")) {
            case "api" -> true;
            case "auto" -> !dependencies.isEmpty();
            default -> {
                if (dependencies.isEmpty()) {
                    yield false;
                }
                throw new ProblemException(
                        new Problem(
                                Phrase.of(
                                        "compose would not leave the dependencies alone: {0}",
                                        Phrase.joined("; ", dependencies)),
                                scene.target().name().toString(),
                                Phrase.of("bring them up to date first, or write swap: auto")));
            }
        };
    }

    private List<Phrase> dependencies(Member member) {
        var all = new ArrayList<>(foresight.outlook().dependencies(member.service()));
        all.addAll(foresight.dragged(member.service()));
        return all;
    }

    /** Whether compose has no part in it, so that the way back needs no file. */
    boolean swapsAll() {
        return members.stream().allMatch(this::swaps);
    }

    List<Phrase> warnings() {
        return members.stream()
                .filter(this::swaps)
                .map(member ->
                        Phrase.of(
                                "the engine replaces this one container, because compose would"
                                        + " touch more: {0}",
                                Phrase.joined("; ", dependencies(member))))
                .toList();
    }
}
