package backout.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files of one process on its own machine, for one user alone, with what no journal may hold: its
 * environment and its command line, byte by byte.
 */
final class Kept {
    private static final int MOST = 4 << 20;

    /** Only what a shell can set; npm and bash have others, for themselves. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final String COPY =
            "umask 077; mkdir -p \"$1\" && for f in environ cmdline; do cat \"/proc/$2/$f\""
                    + " >\"$1/$f\" || exit 1; done";

    private final Hands hands;
    private final Path room;

    Kept(Hands hands, Path room) {
        this.hands = hands;
        this.room = room;
    }

    /** Copies those of a live process; they never leave the machine by it. */
    static Kept of(Hands hands, Path room, int pid) {
        hands.told(
                hands.run(
                        Hands.SHORT,
                        List.of("sh", "-c", COPY, "sh", room.toString(), Integer.toString(pid))));
        return new Kept(hands, room);
    }

    /** The names only. */
    static List<String> names(Hands hands, int pid) {
        return sed(hands, pid, "s/^\\([A-Za-z_][A-Za-z0-9_]*\\)=.*/\\1/p")
                .lines()
                .sorted()
                .distinct()
                .toList();
    }

    /** One that is no secret. */
    static Optional<String> value(Hands hands, int pid, String name) {
        return sed(hands, pid, "s/^" + name + "=//p").lines().findFirst();
    }

    private static String sed(Hands hands, int pid, String script) {
        return hands.run(
                        Hands.SHORT,
                        List.of(
                                "sh",
                                "-c",
                                "tr '\\000' '\\n' <\"/proc/$1/environ\" | sed -n \"$2\"",
                                "sh",
                                Integer.toString(pid),
                                script))
                .stdout()
                .text();
    }

    List<String> argv() {
        String text = read("cmdline");
        return List.of(text.replaceFirst("\0$", "").split("\0", -1));
    }

    /** Values may be secrets. */
    Map<String, String> environment() {
        var found = new TreeMap<String, String>();
        for (String one : read("environ").split("\0", -1)) {
            int at = one.indexOf('=');
            if (at > 0 && NAME.matcher(one.substring(0, at)).matches()) {
                found.put(one.substring(0, at), one.substring(at + 1));
            }
        }
        found.keySet().removeIf(name -> name.startsWith("BACKOUT_"));
        return found;
    }

    private String read(String name) {
        Host host = hands.host();
        Path file = room.resolve(name);
        return host.read(file, MOST)
                .map(bytes -> new String(bytes, UTF_8))
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of(
                                        "{0} is not there any more: nobody knows how it was"
                                                + " started",
                                        file),
                                host.name(),
                                Phrase.of("Start it by hand as you always do, then ask again")));
    }

    /**
     * Words that let a command begin with exactly these variables, given by {@link Command#with}:
     * what every command of the bot gets besides goes.
     */
    static List<String> only(Hands hands, Map<String, String> variables) {
        var extra =
                new TreeSet<>(
                        hands.host()
                                .environment(Command.of(Hands.SHORT, "env").with(Map.of()))
                                .keySet());
        extra.addAll(List.of("BACKOUT_RUN", "BACKOUT_WORK", "LC_ALL"));
        extra.removeAll(variables.keySet());
        var words = new ArrayList<>(List.of("env"));
        extra.stream()
                .filter(name -> NAME.matcher(name).matches())
                .forEach(name -> words.addAll(List.of("-u", name)));
        return words;
    }

    /** The folder that it ran out of becomes another one wherever a text names it. */
    static String moved(String text, Path from, Path to) {
        return text.replaceAll(
                "(?<![\\w./-])" + Pattern.quote(from.toString()) + "(?=/|$|[:;,\"' ])",
                java.util.regex.Matcher.quoteReplacement(to.toString()));
    }

    static Map<String, String> moved(Map<String, String> variables, Path from, Path to) {
        var all = new HashMap<String, String>();
        variables.forEach((name, value) -> all.put(name, moved(value, from, to)));
        return all;
    }
}
