package backout.executor.compose;

import backout.docker.Engine;
import backout.docker.Guests;
import backout.language.Phrase;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By which way each container of a plan is replaced, and who else is touched by that. */
final class Switching {
    private final Scene scene;
    private final Map<Member, Way> ways = new LinkedHashMap<>();

    Switching(Engine engine, Scene scene, List<Member> members, Anew anew) {
        this.scene = scene;
        List<Member> replaced =
                members.stream().filter(member -> !member.isThereAlready()).toList();
        Set<String> going =
                replaced.stream().map(Member::service).collect(Collectors.toUnmodifiableSet());
        var finder = new WayFinder(engine, scene, anew, Guests.look(engine), going);
        replaced.forEach(member ->
                ways.put(member, finder.way(member.service(), member.container(), member.image())));
    }

    /** How this one is replaced; nothing where it runs what it should already. */
    Way way(Member member) {
        Way way = ways.get(member);
        if (way == null) {
            throw new IllegalStateException(member.service() + " is not replaced");
        }
        return way;
    }

    /** Whether compose has no part in it, so that the way back needs no file. */
    boolean swapsAll() {
        return ways.values().stream().allMatch(Way::byEngine);
    }

    /** What compose stops again when it takes this one back: itself, or what it needs. */
    List<String> rests(Member member) {
        return way(member).byEngine()
                ? List.of()
                : roused().map(Member::service)
                        .filter(service ->
                                service.equals(member.service())
                                        || needs(member.service(), service))
                        .toList();
    }

    private Stream<Member> roused() {
        return ways.keySet().stream().filter(Member::isRoused);
    }

    private boolean needs(String one, String other) {
        return scene.model().dependencies(one).contains(other);
    }

    private Phrase roused(Member member) {
        Phrase needing =
                Phrase.list(
                        ways.keySet().stream()
                                .map(Member::service)
                                .filter(one -> needs(one, member.service()))
                                .toList());
        return way(member).byEngine()
                ? Phrase.of(
                        "{0} was stopped and is started, as {1} needs it; after an undo type {2}",
                        member.service(), needing, "docker stop " + member.container().name())
                : Phrase.of(
                        "{0} was stopped and is started, as {1} needs it; an undo stops it again",
                        member.service(), needing);
    }

    /** Each once: services that go back together may need the same. */
    List<Phrase> warnings() {
        var warnings = new LinkedHashSet<Phrase>();
        down().ifPresent(warnings::add);
        roused().map(this::roused).forEach(warnings::add);
        ways.values().forEach(way -> warnings.addAll(way.says()));
        return List.copyOf(warnings);
    }

    /** Services beside those that go back which are made anew or started with them. */
    Set<String> touched() {
        var touched = new HashSet<String>();
        ways.values().forEach(way -> touched.addAll(way.touches()));
        return touched;
    }

    /** What proves that those who are made anew or started again with them run. */
    List<String> checks(Duration within) {
        return ways.values().stream()
                .flatMap(way -> way.with().stream())
                .distinct()
                .map(service ->
                        "container %s [STATE] == running within %ds"
                                .formatted(service, within.toSeconds()))
                .toList();
    }

    /** What is brought up besides, and what stays down. */
    private Optional<Phrase> down() {
        if (!scene.isDown()) {
            return Optional.empty();
        }
        var needed = new TreeSet<String>();
        ways.keySet()
                .forEach(member -> needed.addAll(scene.model().dependencies(member.service())));
        var going = new TreeSet<>(needed);
        ways.keySet().forEach(member -> going.add(member.service()));
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
                                "{0}; {1} stay down until somebody types: {2}",
                                brings,
                                Phrase.list(stays),
                                ComposeCli.line(scene.project(), stays, "up", "--detach")));
    }
}
