package backout.supervisor;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which units of systemd are those of a deployment.
 *
 * @param folders of it, with and without links
 */
record Units(Hands hands, List<Path> folders) {
    private static final Pattern USERS = Pattern.compile("/user@(\\d+)\\.service/(.*)");
    private static final Path BOOTED = Path.of("/run/systemd/system");

    /** A unit's name within its manager. */
    record Name(String unit, OptionalInt user) {}

    /** The unit in whose control group it is; none for a login or a container. */
    static Optional<Name> of(Processes.One one) {
        if (one.contained()) {
            return Optional.empty();
        }
        return one.cgroup().stream()
                .filter(line -> line.contains(":name=systemd:") || line.startsWith("0::"))
                .flatMap(line -> named(line.substring(line.indexOf(":/") + 1)).stream())
                .findFirst();
    }

    private static Optional<Name> named(String group) {
        var users = USERS.matcher(group);
        boolean isUsers = users.find();
        OptionalInt user =
                isUsers ? OptionalInt.of(Integer.parseInt(users.group(1))) : OptionalInt.empty();
        String below = isUsers ? users.group(2) : group;
        return Stream.of(below.split("/", -1))
                .filter(part -> part.endsWith(".service"))
                .reduce((_, last) -> last)
                .map(part -> new Name(part.replace("\\x2d", "-"), user));
    }

    /** What cron or a login started is in their unit and not of it. */
    boolean owns(Name name, Processes.One one) {
        Map<String, String> is =
                new Systemd(hands, name.unit(), name.user(), "/", OptionalInt.empty()).shown();
        return isTheirs(is) || Integer.toString(one.pid()).equals(is.get("MainPID"));
    }

    /**
     * Units of the machine of which nothing runs, each with where it would: their release crashed,
     * or somebody stopped it.
     */
    Map<Name, Path> stopped(Collection<Supervisor> known) {
        var found = new LinkedHashMap<Name, Path>();
        if (!hands.host().exists(BOOTED)) {
            return found;
        }
        var names =
                known.stream()
                        .filter(Systemd.class::isInstance)
                        .map(one -> ((Systemd) one).unit())
                        .toList();
        String told =
                hands.told(
                        hands.run(
                                Hands.SHORT,
                                List.of(
                                        "systemctl",
                                        "show",
                                        "--property=Id,WorkingDirectory,ExecStart",
                                        "--",
                                        "*.service")));
        for (String block : told.split("\n\n", -1)) {
            Map<String, String> is = properties(block);
            String unit = is.getOrDefault("Id", "");
            if (!names.contains(unit) && isTheirs(is)) {
                found.put(new Name(unit, OptionalInt.empty()), work(is));
            }
        }
        return found;
    }

    private boolean isTheirs(Map<String, String> is) {
        String words = is.getOrDefault("ExecStart", "");
        Path real = hands.host().real(work(is)).orElse(work(is));
        return folders.stream()
                .anyMatch(folder ->
                        work(is).startsWith(folder)
                                || real.startsWith(folder)
                                || words.contains(folder + "/"));
    }

    /** Without the marks that systemd allows before it. */
    private static Path work(Map<String, String> is) {
        String told = is.getOrDefault("WorkingDirectory", "").replaceFirst("^[!~-]*", "");
        return Path.of("/" + told).normalize();
    }

    static Map<String, String> properties(String told) {
        var found = new HashMap<String, String>();
        told.lines()
                .forEach(line -> {
                    int at = line.indexOf('=');
                    if (at > 0) {
                        found.put(line.substring(0, at), line.substring(at + 1));
                    }
                });
        return found;
    }
}
