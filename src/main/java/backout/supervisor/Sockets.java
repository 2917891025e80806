package backout.supervisor;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who listens where, out of the kernel's list of sockets and of open files (proc(5)). */
final class Sockets {
    private static final Pattern LISTENER =
            Pattern.compile(
                    "(?m)^ *\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A \\S+ \\S+ \\S+"
                            + " +(\\d+) +\\d+ +(\\d+) ");
    private static final Pattern FILE =
            Pattern.compile("(?m)^(?:(\\d+)/fd:|.*socket:\\[(\\d+)\\])$");

    private Sockets() {}

    /**
     * Those who listened all the while.
     *
     * @param before the kernel's list before the open files were looked at
     * @param after the same list afterwards
     */
    static Map<Integer, List<Processes.Listener>> listeners(
            String before, String after, String fd) {
        Set<String> already =
                LISTENER.matcher(before).results().map(m -> m.group(3)).collect(toSet());
        var holders = new HashMap<String, List<Integer>>();
        var pid = new int[1];
        FILE.matcher(fd)
                .results()
                .forEach(m -> {
                    if (m.group(1) != null) {
                        pid[0] = Integer.parseInt(m.group(1));
                    } else {
                        holders.computeIfAbsent(m.group(2), _ -> new ArrayList<>()).add(pid[0]);
                    }
                });
        var found = new HashMap<Integer, List<Processes.Listener>>();
        LISTENER.matcher(after)
                .results()
                .filter(m -> already.contains(m.group(3)))
                .forEach(m -> {
                    int uid = Integer.parseInt(m.group(2));
                    var at =
                            found.computeIfAbsent(
                                    Integer.parseInt(m.group(1), 16), _ -> new ArrayList<>());
                    List<Integer> pids = holders.getOrDefault(m.group(3), List.of());
                    if (pids.isEmpty()) {
                        at.add(new Processes.Listener(uid, Optional.empty()));
                    }
                    pids.forEach(one -> at.add(new Processes.Listener(uid, Optional.of(one))));
                });
        return found;
    }
}
