package backout.supervisor;

import backout.problem.Redaction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a service wrote, wherever whoever keeps it running has it written. Its own user decides
 * where that is, and may name what is none of its business: each file is read with the rights of
 * that user, never with the bot's.
 */
final class Written {
    /** For each stream of each process that is a file: the process, the open file, its path. */
    private static final String FILES =
            "for p; do for n in 1 2; do o=/proc/$p/fd/$n; [ -f \"$o\" ] && printf '%s\\0' \"$p\""
                    + " \"$o\" \"$(readlink \"$o\")\"; done; done; exit 0";

    private static final String TAIL =
            "n=$1; shift; for f; do [ -f \"$f\" ] && tail -n \"$n\" -- \"$f\" 2>/dev/null; done;"
                    + " exit 0";

    private final Hands hands;

    Written(Hands hands) {
        this.hands = hands;
    }

    /**
     * The last lines of each place, so many at most, without these secrets and those that it was
     * given.
     */
    List<String> last(Supervisor owner, int lines, Collection<String> secrets) {
        List<Running> running = owner.look().processes();
        List<String> said =
                switch (owner) {
                    case Systemd unit -> journal(unit, lines);
                    case Pm2 app -> tail(app.daemon().uid(), files(app), lines);
                    case PidFile _, Plain _ -> List.of();
                };
        List<String> all = Stream.concat(secrets.stream(), secrets(running)).toList();
        return new Redaction(all).of(said.isEmpty() ? open(running, lines) : said);
    }

    private List<String> journal(Systemd unit, int lines) {
        var words = new ArrayList<>(List.of("journalctl", "--quiet", "--no-pager"));
        words.addAll(List.of("--output=cat", "--lines=" + lines));
        if (unit.user().isPresent()) {
            words.add("_SYSTEMD_USER_UNIT=" + unit.unit());
            words.add("_UID=" + unit.user().getAsInt());
        } else {
            words.add("--unit=" + unit.unit());
        }
        return told(Hands.SAME, words);
    }

    private List<String> files(Pm2 app) {
        return app.daemon().list().stream()
                .filter(entry -> entry.path("name").asString("").equals(app.name()))
                .filter(entry -> Pm2.lies(hands, entry, List.of(app.home())))
                .flatMap(entry ->
                        Stream.of("pm_out_log_path", "pm_err_log_path")
                                .map(key -> entry.path("pm2_env").path(key).asString("")))
                .filter(file -> file.startsWith("/"))
                .distinct()
                .toList();
    }

    /** Of the files that these processes have open, each once, however many write into it. */
    private List<String> open(List<Running> running, int lines) {
        var words = new ArrayList<>(List.of("sh", "-c", FILES, "sh"));
        var users = new HashMap<String, Integer>();
        for (Running one : running) {
            words.add(Integer.toString(one.pid()));
            users.put(Integer.toString(one.pid()), one.uid());
        }
        String[] told = hands.run(Hands.SHORT, words).stdout().text().split("\0", -1);
        var paths = new HashSet<String>();
        var all = new TreeMap<Integer, List<String>>();
        for (int at = 0; at + 2 < told.length; at += 3) {
            int uid = users.getOrDefault(told[at], Hands.SAME);
            if (paths.add(told[at + 2])) {
                // whom the folder belongs to may put a link there meanwhile: root takes no path
                all.computeIfAbsent(uid, _ -> new ArrayList<>())
                        .add(told[uid == 0 ? at + 1 : at + 2]);
            }
        }
        return all.entrySet().stream()
                .flatMap(one -> tail(one.getKey(), one.getValue(), lines).stream())
                .toList();
    }

    private List<String> tail(int uid, List<String> files, int lines) {
        var words = new ArrayList<>(List.of("sh", "-c", TAIL, "sh", Integer.toString(lines)));
        words.addAll(files);
        return files.isEmpty() ? List.of() : told(uid, words);
    }

    private List<String> told(int uid, List<String> words) {
        return hands.run(uid, Hands.SHORT, Map.of(), words).stdout().lines();
    }

    /** Values of variables that are called like one. */
    private Stream<String> secrets(List<Running> running) {
        return running.stream()
                .flatMap(one -> environment(one.pid()))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && Redaction.isSecretName(pair[0]))
                .map(pair -> pair[1]);
    }

    private Stream<String> environment(int pid) {
        Path file = Path.of("/proc", Integer.toString(pid), "environ");
        String told = hands.run(Hands.SHORT, List.of("cat", file.toString())).stdout().text();
        return Stream.of(told.split("\0", -1));
    }
}
