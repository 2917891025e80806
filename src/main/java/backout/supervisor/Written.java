package backout.supervisor;

import backout.problem.Redaction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a service wrote, wherever whoever keeps it running has it written. */
final class Written {
    /** Each file once, however many processes write into it. */
    private static final String FILES =
            "for p; do for n in 1 2; do f=$(readlink \"/proc/$p/fd/$n\"); [ -f \"$f\" ] && echo"
                    + " \"$f\"; done; done | sort -u; exit 0";

    private static final String TAIL =
            "n=$1; shift; for f; do tail -n \"$n\" -- \"$f\" 2>/dev/null; done; exit 0";

    private final Hands hands;

    Written(Hands hands) {
        this.hands = hands;
    }

    /** The last lines of each place, so many at most, without the secrets that it was given. */
    List<String> last(Supervisor owner, int lines) {
        List<Running> running = owner.look().processes();
        List<String> said =
                switch (owner) {
                    case Systemd unit -> journal(unit, lines);
                    case Pm2 app -> tail(files(app), lines);
                    case PidFile _, Plain _ -> List.of();
                };
        return new Redaction(secrets(running))
                .of(said.isEmpty() ? tail(files(running), lines) : said);
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
        return told(words);
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

    private List<String> files(List<Running> running) {
        var words = new ArrayList<>(List.of("sh", "-c", FILES, "sh"));
        running.forEach(one -> words.add(Integer.toString(one.pid())));
        return told(words);
    }

    private List<String> tail(List<String> files, int lines) {
        var words = new ArrayList<>(List.of("sh", "-c", TAIL, "sh", Integer.toString(lines)));
        words.addAll(files);
        return files.isEmpty() ? List.of() : told(words);
    }

    private List<String> told(List<String> words) {
        return hands.run(Hands.SHORT, words).stdout().text().lines().toList();
    }

    /** Values of variables that are called like one. */
    private List<String> secrets(List<Running> running) {
        return running.stream()
                .flatMap(one -> environment(one.pid()))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && Redaction.isSecretName(pair[0]))
                .map(pair -> pair[1])
                .toList();
    }

    private Stream<String> environment(int pid) {
        Path file = Path.of("/proc", Integer.toString(pid), "environ");
        String told = hands.run(Hands.SHORT, List.of("cat", file.toString())).stdout().text();
        return Stream.of(told.split("\0", -1));
    }
}
