package backout.supervisor;

import backout.host.Command;
import backout.host.Host;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every process of a machine at one moment, as far as this user may see them, out of proc(5): one
 * command, no matter how many there are.
 *
 * @param listeners who listens on a port of TCP, by its number
 */
record Processes(Map<Integer, One> all, Map<Integer, List<Listener>> listeners) {
    /**
     * Works with GNU's programs and with busybox; what begins or ends meanwhile is left out:
     * sockets are listed first and last, for whoever began between two looks would be a holder whom
     * nobody sees.
     */
    private static final String LOOK =
            "cd /proc; echo @listening; grep -h ' 0A ' net/tcp net/tcp6; echo @stat; cat"
                    + " [0-9]*/stat; echo @uid; grep '^Uid:' [0-9]*/status; echo @links; ls -ld"
                    + " [0-9]*/cwd [0-9]*/exe [0-9]*/ns/pid; echo @self; ls -ld self/ns/pid; echo"
                    + " @cgroup; grep . [0-9]*/cgroup; echo @fd; ls -l [0-9]*/fd | grep -E"
                    + " '^[0-9]+/fd:|socket:'; echo @still; grep -h ' 0A ' net/tcp net/tcp6; echo"
                    + " @argv; head -v -c 8192 [0-9]*/cmdline | tr '\\000' '\\001'; exit 0";

    private static final List<String> PARTS =
            List.of("listening", "stat", "uid", "links", "self", "cgroup", "fd", "still", "argv");

    /** Who has ended and is only not yet asked for its end by its parent does not count. */
    private static final Pattern STAT =
            Pattern.compile("(?m)^(\\d+) \\((.*)\\) [^ZX] (\\d+) (.*)$");

    private static final Pattern UID = Pattern.compile("(?m)^(\\d+)/status:Uid:\\s+\\d+\\s+(\\d+)");
    private static final Pattern LINK =
            Pattern.compile("(?m) (\\d+|self)/(cwd|exe|ns/pid) -> (.*)$");
    private static final Pattern CGROUP = Pattern.compile("(?m)^(\\d+)/cgroup:(\\d+:.*)$");
    private static final Pattern ARGV = Pattern.compile("(?m)^==> (\\d+)/cmdline <==\\n");
    private static final Pattern CONTAINED =
            Pattern.compile("docker|containerd|libpod|kubepods|crio|/lxc|machine\\.slice");

    /**
     * One process.
     *
     * @param exe its program, empty where this user may not see it
     * @param cgroup lines of proc(5), one per hierarchy, below where the first process is
     * @param contained in a container, whose folders are not this machine's
     * @param terminal somebody sees what it prints
     * @param session the process that led it, which may have ended
     */
    record One(
            int pid,
            int parent,
            long startTicks,
            int uid,
            String name,
            Optional<Path> cwd,
            Optional<Path> exe,
            List<String> argv,
            List<String> cgroup,
            boolean contained,
            boolean terminal,
            int session) {
        String id() {
            return pid + "@" + startTicks;
        }
    }

    /**
     * Who listens.
     *
     * @param pid empty where this user may not see who holds it
     */
    record Listener(int uid, Optional<Integer> pid) {}

    static Processes of(Host host) {
        String told =
                host.run(
                                Command.of(Hands.SHORT, "sh", "-c", LOOK)
                                        .in(Path.of("/"))
                                        .keeping(64 << 20))
                        .exited()
                        .stdout()
                        .text();
        return parsed(told);
    }

    static Processes parsed(String told) {
        Map<String, String> parts = parts(told);
        var links = new HashMap<String, String>();
        LINK.matcher(part(parts, "links") + part(parts, "self"))
                .results()
                .forEach(m -> links.put(m.group(1) + "/" + m.group(2), m.group(3)));
        var uids = new HashMap<Integer, Integer>();
        UID.matcher(part(parts, "uid"))
                .results()
                .forEach(m -> uids.put(number(m.group(1)), number(m.group(2))));
        var groups = new HashMap<Integer, List<String>>();
        CGROUP.matcher(part(parts, "cgroup"))
                .results()
                .forEach(m ->
                        groups.computeIfAbsent(number(m.group(1)), _ -> new ArrayList<>())
                                .add(m.group(2)));
        List<String> bases = bases(groups.get(1));
        Map<Integer, List<String>> argvs = argvs(part(parts, "argv"));
        var all = new HashMap<Integer, One>();
        STAT.matcher(part(parts, "stat"))
                .results()
                .forEach(m -> {
                    int pid = number(m.group(1));
                    List<String> cgroup = within(groups.getOrDefault(pid, List.of()), bases);
                    String space = links.get(pid + "/ns/pid");
                    boolean elsewhere = space != null && !space.equals(links.get("self/ns/pid"));
                    // the 22nd field; the first of the rest is the fifth
                    String[] rest = m.group(4).split(" ", -1);
                    long ticks = Long.parseLong(rest[17]);
                    all.put(
                            pid,
                            new One(
                                    pid,
                                    number(m.group(3)),
                                    ticks,
                                    uids.getOrDefault(pid, -1),
                                    m.group(2),
                                    path(links.get(pid + "/cwd")),
                                    path(links.get(pid + "/exe")),
                                    argvs.getOrDefault(pid, List.of()),
                                    cgroup,
                                    elsewhere
                                            || cgroup.stream()
                                                    .anyMatch(
                                                            line -> CONTAINED.matcher(line).find()),
                                    !rest[2].equals("0"),
                                    number(rest[1])));
                });
        return new Processes(
                Map.copyOf(all),
                Sockets.listeners(
                        part(parts, "listening"), part(parts, "still"), part(parts, "fd")));
    }

    /** A machine may be a container itself: what is said of its first process is of all. */
    private static List<String> bases(@Nullable List<String> first) {
        return Stream.ofNullable(first)
                .flatMap(List::stream)
                .map(line -> line.replaceFirst("/(init\\.scope)?$", ""))
                .toList();
    }

    private static List<String> within(List<String> lines, List<String> bases) {
        return lines.stream()
                .map(line ->
                        bases.stream()
                                .filter(base -> (line + "/").startsWith(base + "/"))
                                .findFirst()
                                .map(base ->
                                        base.substring(
                                                        0,
                                                        base.indexOf(':', base.indexOf(':') + 1)
                                                                + 1)
                                                + line.substring(base.length()))
                                .orElse(line))
                .toList();
    }

    private static Map<Integer, List<String>> argvs(String told) {
        var argvs = new HashMap<Integer, List<String>>();
        List<MatchResult> heads = ARGV.matcher(told).results().toList();
        for (int at = 0; at < heads.size(); at++) {
            MatchResult head = heads.get(at);
            int end = at + 1 < heads.size() ? heads.get(at + 1).start() : told.length();
            argvs.put(number(head.group(1)), words(told.substring(head.end(), end)));
        }
        return argvs;
    }

    private static List<String> words(String text) {
        // behind it an empty line, and what a process leaves that gave itself another title
        String said = without('\001', without('\n', text));
        return said.isEmpty() ? List.of() : List.of(said.split("\001", -1));
    }

    private static String without(char last, String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == last) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The kernel marks what was deleted; it is the same folder still. */
    private static Optional<Path> path(@Nullable String link) {
        return Optional.ofNullable(link)
                .filter(text -> text.startsWith("/"))
                .map(text -> Path.of(text.replaceFirst(" \\(deleted\\)$", "")));
    }

    /** In the order in which they come: each is looked for behind the one before. */
    private static Map<String, String> parts(String told) {
        String text = "\n" + told;
        var parts = new HashMap<String, String>();
        String open = "";
        int start = 1;
        for (String name : PARTS) {
            int found = text.indexOf("\n@" + name + "\n", start - 1);
            if (found >= 0) {
                parts.put(open, text.substring(Math.min(start, found + 1), found + 1));
                open = name;
                start = found + name.length() + 3;
            }
        }
        parts.put(open, text.substring(start));
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        return parts.getOrDefault(name, "");
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** Those and all that they started, directly or not, oldest first. */
    List<One> trees(List<One> roots) {
        var found = new ArrayList<One>(roots);
        for (int at = 0; at < found.size(); at++) {
            int parent = found.get(at).pid();
            all.values().stream()
                    .filter(one -> one.parent() == parent && !found.contains(one))
                    .forEach(found::add);
        }
        found.sort(Comparator.comparingLong(One::startTicks).thenComparingInt(One::pid));
        return found;
    }

    /** Its parent, grandparent and so on, nearest first. */
    List<One> ancestors(One one) {
        var found = new ArrayList<One>();
        One above = all.get(one.parent());
        while (above != null && above.pid() != 0 && !found.contains(above)) {
            found.add(above);
            above = all.get(above.parent());
        }
        return found;
    }

    List<Integer> ports(int pid) {
        return listeners.entrySet().stream()
                .filter(port ->
                        port.getValue().stream()
                                .anyMatch(who -> who.pid().filter(one -> one == pid).isPresent()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    Running running(One one) {
        return new Running(
                one.pid(), one.startTicks(), one.uid(), one.cwd(), one.exe(), ports(one.pid()));
    }

    List<Running> running(List<One> ones) {
        return ones.stream().map(this::running).toList();
    }
}
