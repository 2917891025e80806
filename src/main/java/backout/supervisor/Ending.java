package backout.supervisor;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Processes are asked to end, then made to, and it is seen that they and their port are gone. */
final class Ending {
    /** As long as the service script of the guide waits. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Each is looked at again right before: a number may be another process's by now. */
    private static final String KILL =
            "s=$1; shift; for id; do p=${id%@*}; set -- $(sed 's/.*) //' /proc/$p/stat"
                    + " 2>/dev/null); [ \"${20-}\" = \"${id#*@}\" ] && kill -$s $p; done; exit 0";

    private final Hands hands;

    Ending(Hands hands) {
        this.hands = hands;
    }

    /**
     * Ends what that finds, each time it looks, with all that those have started, until there is
     * nobody.
     *
     * @throws backout.problem.ProblemException with who lives on
     */
    void end(Function<Processes, List<Processes.One>> roots, Deadline by) {
        var known = new HashSet<String>();
        Function<Processes, List<Processes.One>> theirs = now -> withOrphans(now, roots, known);
        Deadline grace = by.atMost(GRACE.compareTo(by.left()) > 0 ? by.left().dividedBy(2) : GRACE);
        if (gone(theirs, "TERM", grace) || gone(theirs, "KILL", by)) {
            return;
        }
        List<Processes.One> left = left(theirs);
        if (!left.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "these processes do not end: {0}",
                            left.stream().map(Supervisors::told).toList()),
                    hands.host().name(),
                    Phrase.of(
                            "See what they wait for (ps -o pid,stat,wchan,args), then try again"));
        }
    }

    /** Whose parent has ended is nobody's child any more: each is remembered. */
    private static List<Processes.One> withOrphans(
            Processes now, Function<Processes, List<Processes.One>> roots, Set<String> known) {
        var found = new LinkedHashSet<>(roots.apply(now));
        now.all().values().stream().filter(one -> known.contains(one.id())).forEach(found::add);
        List<Processes.One> all = now.trees(List.copyOf(found));
        all.forEach(one -> known.add(one.id()));
        return all;
    }

    /** The signal goes once to each of them, also to who comes up meanwhile. */
    private boolean gone(
            Function<Processes, List<Processes.One>> theirs, String signal, Deadline by) {
        var told = new ArrayList<String>();
        return hands.await(
                by,
                () -> {
                    List<Processes.One> left = left(theirs);
                    left.stream()
                            .filter(one -> !told.contains(one.id()))
                            .forEach(one -> {
                                told.add(one.id());
                                hands.told(
                                        hands.run(
                                                one.uid(),
                                                Hands.SHORT,
                                                Map.of(),
                                                List.of("sh", "-c", KILL, "sh", signal, one.id())));
                            });
                    return left.isEmpty();
                });
    }

    private List<Processes.One> left(Function<Processes, List<Processes.One>> theirs) {
        return theirs.apply(Processes.of(hands.host()));
    }

    /**
     * Returns when nobody listens on that port.
     *
     * @throws backout.problem.ProblemException with who holds it
     */
    void freePort(OptionalInt port, Deadline by) {
        if (port.isEmpty()) {
            return;
        }
        Host host = hands.host();
        if (!hands.await(by, () -> !Processes.of(host).listeners().containsKey(port.getAsInt()))) {
            throw Problem.stop(
                    Phrase.of(
                            "it is stopped, and port {0} is still held by {1}",
                            port.getAsInt(),
                            Supervisors.holders(Processes.of(host), port.getAsInt())),
                    host.name(),
                    Phrase.of("End that process there, or give it another port"));
        }
    }
}
