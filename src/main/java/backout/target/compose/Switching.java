package backout.target.compose;

import backout.docker.Engine;
import backout.docker.Guests;
import backout.language.Phrase;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** By which way each container of a plan is replaced, and who else is touched by that. */
final class Switching {
    private final Map<Member, Way> ways = new LinkedHashMap<>();

    Switching(Engine engine, Map<String, String> hashes, Scene scene, List<Member> members) {
        List<Member> replaced =
                members.stream().filter(member -> !member.isThereAlready()).toList();
        Set<String> going =
                replaced.stream().map(Member::service).collect(Collectors.toUnmodifiableSet());
        var finder = new WayFinder(engine, scene, hashes, Guests.look(engine), going);
        replaced.forEach(member -> ways.put(member, finder.way(member.container())));
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

    List<Phrase> warnings() {
        return ways.values().stream().flatMap(way -> way.says().stream()).toList();
    }

    /** Services beside those that go back which are made anew or started with them. */
    Set<String> touched() {
        var touched = new HashSet<String>();
        ways.values().forEach(way -> touched.addAll(way.touches()));
        return touched;
    }
}
