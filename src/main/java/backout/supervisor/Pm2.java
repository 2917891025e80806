package backout.supervisor;

import backout.host.Command;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An app of PM2: by name, folder and daemon, as one host may have the same name in several. It is
 * deleted and started anew: a reload or restart goes on with the folder, the program and the
 * variables of the first start.
 */
record Pm2(Pm2Daemon daemon, String name, String homeFolder, OptionalInt port, Optional<Path> room)
        implements Supervisor {
    static Pm2 of(Hands hands, Map<String, String> texts) {
        return new Pm2(
                new Pm2Daemon(
                        hands,
                        Path.of(Supervisors.text(texts, "pm2-home")),
                        Supervisors.number(texts, "user").orElseThrow(),
                        Path.of(Supervisors.text(texts, "node")),
                        Path.of(Supervisors.text(texts, "program"))),
                Supervisors.text(texts, "app"),
                Supervisors.text(texts, "home"),
                Supervisors.number(texts, "port"),
                Optional.ofNullable(texts.get("room")).map(Path::of));
    }

    @Override
    public Phrase says() {
        return Phrase.of("the app {0} of PM2 in {1}", name, daemon.home());
    }

    @Override
    public Map<String, String> texts() {
        var texts = new HashMap<String, String>();
        texts.put("kind", "pm2");
        texts.put("app", name);
        texts.put("home", homeFolder);
        texts.put("pm2-home", daemon.home().toString());
        texts.put("user", Integer.toString(daemon.uid()));
        texts.put("node", daemon.node().toString());
        texts.put("program", daemon.program().toString());
        port.ifPresent(number -> texts.put("port", Integer.toString(number)));
        room.ifPresent(folder -> texts.put("room", folder.toString()));
        return texts;
    }

    private Hands hands() {
        return daemon.hands();
    }

    /** Its entries, one for each instance, in whichever of these folders. */
    private List<JsonNode> entries(Path... folders) {
        return daemon.list().stream()
                .filter(entry -> entry.path("name").asString("").equals(name))
                .filter(entry -> lies(hands(), entry, List.of(folders)))
                .toList();
    }

    /** Also by a link, and where the folder is gone. */
    static boolean lies(Hands hands, JsonNode entry, List<Path> folders) {
        return Stream.of("pm_cwd", "pm_exec_path")
                .map(key -> Path.of(entry.path("pm2_env").path(key).asString("/")))
                .flatMap(path -> Stream.of(path, hands.host().real(path).orElse(path)))
                .anyMatch(path -> folders.stream().anyMatch(path::startsWith));
    }

    @Override
    public Sight look() {
        try {
            List<JsonNode> entries = entries(home());
            Processes now = Processes.of(hands().host());
            int restarts =
                    entries.stream()
                            .mapToInt(one -> one.path("pm2_env").path("restart_time").asInt(0))
                            .sum();
            return new Sight(
                    state(entries),
                    now.running(now.trees(roots(now, entries))),
                    why(entries),
                    restarts);
        } catch (ProblemException e) {
            return Sight.unknown(e.problem().phrase());
        }
    }

    private static Sight.State state(List<JsonNode> entries) {
        List<String> all =
                entries.stream()
                        .map(one -> one.path("pm2_env").path("status").asString(""))
                        .toList();
        if (all.contains("waiting restart")) {
            return Sight.State.LOOPING;
        }
        if (all.contains("launching")) {
            return Sight.State.STARTING;
        }
        return all.contains("online") ? Sight.State.RUNNING : Sight.State.STOPPED;
    }

    private static Phrase why(List<JsonNode> entries) {
        return entries.stream()
                .map(one -> one.path("pm2_env").path("status").asString(""))
                .filter(status -> !status.equals("online"))
                .findFirst()
                .map(status -> Phrase.of("PM2 says {0}", status))
                .orElse(Phrase.NONE);
    }

    private static List<Processes.One> roots(Processes now, List<JsonNode> entries) {
        return entries.stream()
                .map(one -> now.all().get(one.path("pid").asInt(0)))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<Problem> against() {
        var against = new ArrayList<Problem>();
        Processes now = Processes.of(hands().host());
        List<JsonNode> all = daemon.list();
        daemon.process(now)
                .flatMap(Processes.One::cwd)
                .filter(folder -> !hands().host().isFolder(folder))
                .ifPresent(folder ->
                        against.add(
                                problem(
                                        Phrase.of(
                                                "the daemon of PM2 stands in {0}, which was"
                                                    + " deleted: it has to be started again, and"
                                                    + " with it {1}",
                                                folder, names(all)),
                                        Phrase.of(
                                                "Run pm2 update there, as its user, then ask"
                                                        + " again"))));
        if (entries(home()).stream()
                .anyMatch(one -> one.path("pm2_env").path("watch").asBoolean(false))) {
            against.add(
                    problem(
                            Phrase.of(
                                    "PM2 watches {0}: whatever changes there starts {1} again",
                                    homeFolder, name),
                            Phrase.of("Switch watch off, or prepare in another folder")));
        }
        List<String> lost = lost(all);
        if (!lost.isEmpty()) {
            against.add(
                    problem(
                            Phrase.of(
                                    "the list that PM2 saved for the next boot has {0}, which it"
                                            + " does not run now: it is not saved anew",
                                    lost),
                            Phrase.of("Start those, or run pm2 save there yourself afterwards")));
        }
        return against;
    }

    private Problem problem(Phrase what, Phrase next) {
        return new Problem(what, hands().host().name(), next);
    }

    private List<String> lost(List<JsonNode> all) {
        var saved = new ArrayList<>(names(daemon.saved()));
        saved.removeAll(names(all));
        saved.remove(name);
        return saved;
    }

    private static List<String> names(List<JsonNode> entries) {
        return entries.stream().map(one -> one.path("name").asString("")).distinct().toList();
    }

    @Override
    public Pm2 keepIn(Path parent) {
        List<JsonNode> entries = entries(home());
        if (entries.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("{0} is not in its list any more", says()),
                    hands().host().name(),
                    Phrase.of("Ask again, then what runs now is looked at"));
        }
        Path own = parent.resolve("pm2-" + name.replaceAll("[^A-Za-z0-9_-]", "_"));
        launch(own).keep(entries);
        return new Pm2(daemon, name, homeFolder, port, Optional.of(own));
    }

    private Pm2Launch launch(Path own) {
        return new Pm2Launch(daemon, name, home(), own);
    }

    @Override
    public void stop(Deadline by) {
        List<JsonNode> entries = entries(home());
        Processes then = Processes.of(hands().host());
        List<String> before =
                then.trees(roots(then, entries)).stream().map(Processes.One::id).toList();
        delete(entries, by);
        var ending = new Ending(hands());
        ending.end(
                now ->
                        now.all().values().stream()
                                .filter(one -> before.contains(one.id()))
                                .toList(),
                by);
        ending.freePort(port, by);
    }

    private void delete(List<JsonNode> entries, Deadline by) {
        if (!entries.isEmpty()) {
            var words = new ArrayList<>(List.of("delete"));
            entries.forEach(one -> words.add(Integer.toString(one.path("pm_id").asInt())));
            hands().told(
                            daemon.pm2(
                                    by.left().plusMillis(1),
                                    Map.of(),
                                    Path.of("/"),
                                    words.toArray(String[]::new)));
        }
    }

    @Override
    public Pm2 start(Path folder, Deadline by) {
        Path real = Supervisors.real(hands().host(), folder);
        if (!entries(real).isEmpty()
                && state(entries(real)) == Sight.State.RUNNING
                && runsIn(real)) {
            return in(real);
        }
        delete(entries(real), by);
        boolean wasSaved = names(daemon.saved()).contains(name);
        launch(room.orElseThrow(() -> new IllegalStateException("keepIn comes first")))
                .launch(real, by);
        if (!hands().await(by, () -> runsIn(real))) {
            throw Problem.stop(
                    Phrase.of("{0} did not start in {1}: {2}", says(), real, why(entries(real))),
                    hands().host().name(),
                    Phrase.of("pm2 logs {0} --lines 50 there says more", name));
        }
        List<JsonNode> all = daemon.list();
        if (wasSaved && lost(all).isEmpty()) {
            hands().told(daemon.pm2(by.left().plusMillis(1), Map.of(), Path.of("/"), "save"));
        }
        return in(real);
    }

    private boolean runsIn(Path real) {
        Processes now = Processes.of(hands().host());
        return now.trees(roots(now, entries(real))).stream()
                .anyMatch(one -> one.cwd().filter(cwd -> cwd.startsWith(real)).isPresent());
    }

    private Pm2 in(Path real) {
        return new Pm2(daemon, name, real.toString(), port, room);
    }

    @Override
    public List<String> stopLines() {
        return List.of("PM2_HOME=" + daemon.home() + " pm2 delete " + Command.typed(List.of(name)));
    }

    @Override
    public List<String> startLines(Path folder) {
        return List.of(
                "cd "
                        + Command.typed(List.of(folder.toString()))
                        + " && PM2_HOME="
                        + daemon.home()
                        + " pm2 start "
                        + launch(home())
                                .declaring(home())
                                .map(file -> file.getFileName() + " --only " + name)
                                .orElseGet(
                                        () -> Command.typed(List.of(script())) + " --name " + name),
                "PM2_HOME=" + daemon.home() + " pm2 save");
    }

    private String script() {
        return entries(home()).stream()
                .map(one -> one.path("pm2_env").path("pm_exec_path").asString(""))
                .map(path -> path.replace(homeFolder + "/", ""))
                .findFirst()
                .orElse("");
    }
}
