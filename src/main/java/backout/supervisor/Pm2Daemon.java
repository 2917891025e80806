package backout.supervisor;

import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A daemon of PM2 that runs. It is asked as its own user, by its own Node and from a folder that is
 * there; never started only to be asked.
 *
 * @param home its {@code PM2_HOME}
 * @param node the program that it runs by
 * @param program the script of pm2
 */
record Pm2Daemon(Hands hands, Path home, int uid, Path node, Path program) {
    private static final Pattern TITLE = Pattern.compile("PM2 v\\S+: God Daemon\\b.*");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String FIND =
            "PATH=$(tr '\\000' '\\n' <\"/proc/$1/environ\" | sed -n 's/^PATH=//p'):$PATH; p=$1;"
                + " shift; n=$(readlink /proc/$p/exe); for f in \"${n%/*}/pm2\" \"$(command -v"
                + " pm2)\" \"$@\"; do [ -f \"$f\" ] && readlink -f \"$f\" && exit 0; done; exit 1";

    /** By the title that it gives itself, whose end may be cut. */
    static boolean isOne(Processes.One one) {
        return !one.contained()
                && one.argv().size() == 1
                && TITLE.matcher(one.argv().getFirst()).matches();
    }

    /**
     * @param folders where a program of pm2 may be installed below, besides on its PATH
     */
    static Pm2Daemon of(Hands hands, Processes.One daemon, List<Path> folders) {
        Path node = daemon.exe().orElseThrow(() -> unseen(hands, daemon));
        var words =
                new ArrayList<>(List.of("sh", "-c", FIND, "sh", Integer.toString(daemon.pid())));
        folders.forEach(folder -> words.add(folder.resolve("node_modules/pm2/bin/pm2").toString()));
        Result.Exited found = hands.run(Hands.SHORT, words);
        if (!found.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "PM2 runs there ({0}), and its program is not on the PATH that it was"
                                    + " started with",
                            Supervisors.told(daemon)),
                    hands.host().name(),
                    Phrase.of("Link it into a folder of that PATH, such as /usr/local/bin/pm2"));
        }
        return new Pm2Daemon(
                hands,
                Path.of(
                        Kept.value(hands, daemon.pid(), "PM2_HOME")
                                .orElseThrow(() -> unseen(hands, daemon))),
                daemon.uid(),
                node,
                Path.of(found.stdout().text().strip()));
    }

    private static RuntimeException unseen(Hands hands, Processes.One daemon) {
        return Problem.stop(
                Phrase.of(
                        "the bot's user there may not look at PM2 ({0})", Supervisors.told(daemon)),
                hands.host().name(),
                Phrase.of("Let the bot be that user there, or root"));
    }

    /** The process itself, which is gone when somebody ended it. */
    Optional<Processes.One> process(Processes now) {
        return PidFile.number(hands, home.resolve("pm2.pid"))
                .flatMap(pid -> Optional.ofNullable(now.all().get(pid)))
                .filter(one -> one.uid() == uid && isOne(one));
    }

    /** All apps of it. */
    List<JsonNode> list() {
        if (process(Processes.of(hands.host())).isEmpty()) {
            throw Problem.stop(
                    Phrase.of("the daemon of PM2 in {0} does not run", home),
                    hands.host().name(),
                    Phrase.of("Start it as its user: {0}", "pm2 resurrect"));
        }
        return entries(hands.told(pm2(Hands.SHORT, Map.of(), Path.of("/"), "jlist")));
    }

    /** What it saved for the next boot, as far as its user may read it. */
    List<JsonNode> saved() {
        Result.Exited told =
                hands.run(
                        uid,
                        Hands.SHORT,
                        Map.of(),
                        List.of("cat", "--", home.resolve("dump.pm2").toString()));
        return told.isSuccess() ? entries(told.stdout().text()) : List.of();
    }

    /** It may say other things before, each on a line of its own. */
    private List<JsonNode> entries(String told) {
        int at = told.startsWith("[") ? 0 : told.lastIndexOf("\n[") + 1;
        try {
            return StreamSupport.stream(MAPPER.readTree(told.substring(at)).spliterator(), false)
                    .toList();
        } catch (JacksonException e) {
            throw Problem.stop(
                    Phrase.of("PM2 did not answer with a list of its apps"),
                    hands.host().name(),
                    Phrase.of("Run pm2 jlist there, as its user"));
        }
    }

    Result.Exited pm2(Duration within, Map<String, String> variables, Path in, String... more) {
        return hands.run(uid, within, variables, words(variables, in, more));
    }

    /** PM2_HOME and PATH are no secrets, and have to come through sudo. */
    List<String> words(Map<String, String> variables, Path in, String... more) {
        var words = new ArrayList<>(Kept.only(hands, variables));
        words.addAll(
                List.of(
                        "PM2_HOME=" + home,
                        "HOME=" + hands.home(uid),
                        "PATH="
                                + variables.getOrDefault(
                                        "PATH", node.getParent() + ":/usr/local/bin:/usr/bin:/bin"),
                        "sh",
                        "-c",
                        "cd \"$1\" && shift && exec \"$@\"",
                        "sh",
                        in.toString(),
                        node.toString(),
                        program.toString()));
        words.addAll(List.of(more));
        return words;
    }
}
