package backout.supervisor;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What runs from source on one machine, found by the processes that are at work there. */
public final class Deployments {
    /** Prints each folder that is in a git checkout or an exported release, and that one's top. */
    private static final String TOPS =
            "for d; do t=$d; while [ -n \"$t\" ]; do if [ -e \"$t/.git\" ] || [ -f"
                    + " \"$t/REVISION\" ]; then printf '%s\\n%s\\n' \"$d\" \"$t\"; break; fi;"
                    + " t=${t%/*}; done; done; exit 0";

    /** What the bot's own launcher gives to it. */
    private static final String OWN = "-Dbackout.home=";

    /** What the bot made of a checkout lies beside it, in a folder called so. */
    private static final String BESIDE = ".backout";

    /**
     * One of them.
     *
     * @param folder as a target names it: what holds {@code current}, or the checkout
     * @param ports that it listens on, the lowest first
     * @param keepers who keeps it running, for people: "the systemd unit app.service"
     * @param against why it could not be stopped and started as it is
     */
    public record Deployment(
            Path folder, List<Integer> ports, List<Phrase> keepers, List<Problem> against) {
        public Deployment {
            ports = List.copyOf(ports);
            keepers = List.copyOf(keepers);
            against = List.copyOf(against);
        }
    }

    private final Host host;
    private final Supervisors supervisors;

    public Deployments(Host host, Pause pause) {
        this.host = host;
        this.supervisors = new Supervisors(host, pause);
    }

    /**
     * All of them, by folder. What somebody only has open in a terminal, and listens on no port, is
     * none. Only looks.
     *
     * @throws ProblemException when nobody could look
     */
    public List<Deployment> all() {
        Processes now = Processes.of(host);
        var found = new TreeMap<Path, List<Processes.One>>();
        Map<Path, Path> tops = tops(now);
        candidates(now)
                .forEach(one ->
                        one.cwd()
                                .map(tops::get)
                                .ifPresent(top ->
                                        found.computeIfAbsent(named(top), _ -> new ArrayList<>())
                                                .add(one)));
        return found.entrySet().stream()
                .flatMap(one -> deployment(one.getKey(), ports(now, one.getValue())).stream())
                .toList();
    }

    /** Neither the bot, nor what runs in a container, where folders are others. */
    private static Stream<Processes.One> candidates(Processes now) {
        return now.all().values().stream()
                .filter(one -> !one.contained() && !Pm2Daemon.isOne(one))
                .filter(one -> one.argv().stream().noneMatch(word -> word.startsWith(OWN)));
    }

    private Map<Path, Path> tops(Processes now) {
        var words = new ArrayList<>(List.of("sh", "-c", TOPS, "sh"));
        candidates(now)
                .flatMap(one -> one.cwd().stream())
                .map(Path::toString)
                .filter(path -> path.indexOf('\n') < 0)
                .distinct()
                .forEach(words::add);
        List<String> told =
                host.run(Command.of(Hands.SHORT, words)).exited().stdout().text().lines().toList();
        var tops = new TreeMap<Path, Path>();
        for (int at = 0; at + 1 < told.size(); at += 2) {
            tops.put(Path.of(told.get(at)), Path.of(told.get(at + 1)));
        }
        return tops;
    }

    /** A release among others is named by what holds them. */
    private Path named(Path top) {
        Path releases = top.resolveSibling("");
        Path base = releases.resolveSibling("");
        if (!releases.endsWith("releases")) {
            return top;
        }
        String name = String.valueOf(base.getFileName());
        if (name.endsWith(BESIDE)) {
            return base.resolveSibling(name.substring(0, name.length() - BESIDE.length()));
        }
        return host.exists(base.resolve("current")) ? base : top;
    }

    private static List<Integer> ports(Processes now, Collection<Processes.One> ones) {
        return ones.stream()
                .flatMap(one -> now.ports(one.pid()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<Deployment> deployment(Path folder, List<Integer> ports) {
        try {
            OptionalInt port = ports.stream().mapToInt(Integer::intValue).findFirst();
            Found found = supervisors.find(folder, port);
            if (found.owners().stream().noneMatch(owner -> isService(owner, ports))) {
                return Optional.empty();
            }
            var against = new ArrayList<>(found.against());
            found.owners().forEach(owner -> against.addAll(owner.against()));
            return Optional.of(
                    new Deployment(
                            folder,
                            ports,
                            found.owners().stream().map(Supervisor::says).toList(),
                            against));
        } catch (ProblemException e) {
            return host.exists(folder)
                    ? Optional.of(new Deployment(folder, ports, List.of(), e.problems()))
                    : Optional.empty();
        }
    }

    /** Somebody's editor or build runs out of a checkout too. */
    private static boolean isService(Supervisor owner, List<Integer> ports) {
        return !ports.isEmpty() || !(owner instanceof Plain);
    }
}
