package backout.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A process that nobody starts again when it ends. Its number and start time name it; who comes
 * after it by {@link #start} stands in a file of its room, so that a bot that was killed meanwhile
 * finds it.
 *
 * @param texts as in {@link #texts}
 */
record Plain(Hands hands, Map<String, String> texts) implements Supervisor {
    private static final String START =
            "cd \"$1\" || exit 1; umask \"$2\"; f=$3 o=$4 e=$5; shift 5; setsid \"$@\" </dev/null"
                    + " >>\"$o\" 2>>\"$e\" & p=$!; set -- $(sed 's/.*) //' /proc/$p/stat); echo"
                    + " $p@${20} >\"$f\"";

    Plain {
        texts = Map.copyOf(texts);
    }

    static Plain of(Hands hands, Map<String, String> texts) {
        Supervisors.text(texts, "home");
        Supervisors.text(texts, "process");
        return new Plain(hands, texts);
    }

    /** The root of a tree of processes, as it runs now. */
    static Plain of(Hands hands, Processes.One root, Path home, OptionalInt port) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("kind", "plain");
        texts.put("home", home.toString());
        texts.put("process", root.id());
        texts.put("user", Integer.toString(root.uid()));
        texts.put("cwd", root.cwd().map(Path::toString).orElse("/"));
        texts.put("command", Supervisors.line(root.argv()));
        texts.put("variables", String.join(" ", Kept.names(hands, root.pid())));
        if (root.session() == root.pid()) {
            texts.put("session", Integer.toString(root.session()));
        }
        if (root.argv().size() == 1 && root.argv().getFirst().contains(" ")) {
            texts.put("renamed", "yes");
        }
        port.ifPresent(number -> texts.put("port", Integer.toString(number)));
        return new Plain(hands, texts);
    }

    private String text(String key) {
        return Supervisors.text(texts, key);
    }

    private OptionalInt port() {
        return Supervisors.number(texts, "port");
    }

    private int uid() {
        return Supervisors.number(texts, "user").orElse(Hands.SAME);
    }

    private Optional<Path> room() {
        return Optional.ofNullable(texts.get("room")).map(Path::of);
    }

    @Override
    public Phrase says() {
        return Phrase.of(
                "the process {0} ({1})",
                text("process").replaceFirst("@.*", ""), texts.getOrDefault("command", ""));
    }

    @Override
    public Sight look() {
        try {
            Processes now = Processes.of(hands.host());
            List<Processes.One> all = now.trees(roots(now));
            return new Sight(
                    all.isEmpty() ? Sight.State.STOPPED : Sight.State.RUNNING,
                    now.running(all),
                    Phrase.NONE,
                    0);
        } catch (ProblemException e) {
            return Sight.unknown(e.problem().phrase());
        }
    }

    /** Itself, or who came after it, and what is left of either when its root has ended. */
    List<Processes.One> roots(Processes now) {
        List<String> ids = Stream.concat(Stream.of(text("process")), successor().stream()).toList();
        int session = Supervisors.number(texts, "session").orElse(-1);
        return now.all().values().stream()
                .filter(one -> !one.contained())
                .filter(one ->
                        ids.contains(one.id())
                                || (one.session() == session
                                        && one.pid() != session
                                        && Supervisors.isIn(one, List.of(home()))))
                .sorted(
                        Comparator.comparing((Processes.One one) -> !ids.contains(one.id()))
                                .thenComparingLong(Processes.One::startTicks))
                .toList();
    }

    private Optional<String> successor() {
        return room().flatMap(folder -> hands.host().read(folder.resolve("process"), 100))
                .map(bytes -> new String(bytes, UTF_8).strip());
    }

    @Override
    public List<Problem> against() {
        return texts.containsKey("renamed")
                ? List.of(
                        new Problem(
                                Phrase.of(
                                        "{0} has given itself another name: nobody can see how it"
                                                + " was started",
                                        says()),
                                hands.host().name(),
                                Phrase.of("Let systemd or PM2 start it, then ask again")))
                : List.of();
    }

    @Override
    public Plain keepIn(Path room) {
        String id = text("process");
        Path own = room.resolve("process-" + id);
        Processes now = Processes.of(hands.host());
        var root = now.all().get(Integer.parseInt(id.replaceFirst("@.*", "")));
        if (root == null || !root.id().equals(id)) {
            throw Problem.stop(
                    Phrase.of("{0} does not run any more", says()),
                    hands.host().name(),
                    Phrase.of("Ask again, then what runs now is looked at"));
        }
        Kept.of(hands, own, root.pid());
        var more = new LinkedHashMap<>(texts);
        more.put("room", own.toString());
        more.put("out", output(root.pid(), 1));
        more.put("err", output(root.pid(), 2));
        more.put("umask", umask(root.pid()));
        return new Plain(hands, more);
    }

    /** The file that it writes to; a terminal or a pipe goes with whoever holds it. */
    private String output(int pid, int number) {
        String told =
                hands.run(
                                Hands.SHORT,
                                List.of(
                                        "sh",
                                        "-c",
                                        "f=$(readlink /proc/$1/fd/$2); [ -f \"$f\" ] && echo"
                                                + " \"$f\"",
                                        "sh",
                                        Integer.toString(pid),
                                        Integer.toString(number)))
                        .stdout()
                        .text()
                        .strip();
        return told.isEmpty() ? "/dev/null" : told;
    }

    private String umask(int pid) {
        String told =
                hands.run(
                                Hands.SHORT,
                                List.of(
                                        "sed",
                                        "-n",
                                        "s/^Umask:\\s*//p",
                                        "/proc/" + pid + "/status"))
                        .stdout()
                        .text()
                        .strip();
        return told.isEmpty() ? "022" : told;
    }

    @Override
    public void stop(Deadline by) {
        var ending = new Ending(hands);
        ending.end(this::roots, by);
        ending.freePort(port(), by);
    }

    @Override
    public Plain start(Path folder, Deadline by) {
        Path real = Supervisors.real(hands.host(), folder);
        Processes now = Processes.of(hands.host());
        List<Processes.One> there = roots(now);
        if (!there.isEmpty()) {
            if (there.stream().anyMatch(one -> Supervisors.isIn(one, List.of(real)))) {
                return as(there.getFirst(), real);
            }
            throw Problem.stop(
                    Phrase.of(
                            "it still runs out of another folder: {0}",
                            there.stream().map(Supervisors::told).toList()),
                    hands.host().name(),
                    Phrase.of("Stop it first"));
        }
        launch(real, by);
        hands.await(by.atMost(Hands.SHORT), () -> !roots(Processes.of(hands.host())).isEmpty());
        List<Processes.One> up = roots(Processes.of(hands.host()));
        if (up.stream().noneMatch(one -> Supervisors.isIn(one, List.of(real)))) {
            throw Problem.stop(
                    Phrase.of("{0} was started in {1} and is not there", text("command"), real),
                    hands.host().name(),
                    Phrase.of("Read what it wrote to {0}", texts.getOrDefault("err", "/dev/null")));
        }
        return as(up.getFirst(), real);
    }

    private void launch(Path real, Deadline by) {
        Path own = room().orElseThrow(() -> new IllegalStateException("keepIn comes first"));
        var kept = new Kept(hands, own);
        Map<String, String> variables = Kept.moved(kept.environment(), home(), real);
        var words =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                START,
                                "sh",
                                Kept.moved(text("cwd"), home(), real),
                                texts.getOrDefault("umask", "022"),
                                own.resolve("process").toString(),
                                moved("out", real),
                                moved("err", real)));
        var program = new ArrayList<>(Kept.only(hands, variables));
        kept.argv().forEach(word -> program.add(Kept.moved(word, home(), real)));
        words.addAll(hands.as(uid(), program));
        hands.told(hands.run(Hands.SAME, by.left().plusMillis(1), variables, words));
    }

    private String moved(String key, Path real) {
        return Kept.moved(texts.getOrDefault(key, "/dev/null"), home(), real);
    }

    /** The same service as this process out of this folder. */
    private Plain as(Processes.One root, Path real) {
        var more = new LinkedHashMap<>(texts);
        more.put("process", root.id());
        more.put("home", real.toString());
        more.put("cwd", root.cwd().map(Path::toString).orElse("/"));
        if (root.session() == root.pid()) {
            more.put("session", Integer.toString(root.session()));
        } else {
            more.remove("session");
        }
        more.put("command", Supervisors.line(root.argv()));
        return new Plain(hands, more);
    }

    @Override
    public List<String> stopLines() {
        String pid = text("process").replaceFirst("@.*", "");
        return List.of("kill " + pid, "while kill -0 " + pid + " 2>/dev/null; do sleep 1; done");
    }

    @Override
    public List<String> startLines(Path folder) {
        return startLines(folder, command(folder));
    }

    /** The same by words that end in it. */
    List<String> startLines(Path folder, String words) {
        return List.of(
                "# it had these variables: " + texts.getOrDefault("variables", ""),
                "cd "
                        + Command.typed(List.of(folder.toString()))
                        + " && setsid "
                        + words
                        + " </dev/null >>"
                        + Command.typed(List.of(moved("out", folder)))
                        + " 2>&1 &");
    }

    String command(Path folder) {
        return Kept.moved(texts.getOrDefault("command", ""), home(), folder);
    }
}
