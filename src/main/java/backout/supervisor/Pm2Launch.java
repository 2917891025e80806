package backout.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Deadline;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an app of PM2 is started out of another folder: by the file of the release, where that
 * declares it, else as PM2 says that it was started.
 *
 * @param home the folder that it ran out of
 * @param own where it keeps how it was started
 */
record Pm2Launch(Pm2Daemon daemon, String name, Path home, Path own) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Variables that PM2 sets for itself. */
    private static final Set<String> OWN =
            Set.of(
                    "unique_id",
                    "PM2_USAGE",
                    "PM2_INTERACTOR_PROCESSING",
                    "PM2_JSON_PROCESSING",
                    "PM2_PROGRAMMATIC",
                    "NODE_APP_INSTANCE",
                    "SILENT",
                    "_");

    /** What of an app is said by a file as it is listed; the others have another name there. */
    private static final List<String> SETTINGS =
            List.of(
                    "name",
                    "args",
                    "node_args",
                    "exec_mode",
                    "watch",
                    "ignore_watch",
                    "autorestart",
                    "max_memory_restart",
                    "kill_timeout",
                    "wait_ready",
                    "listen_timeout",
                    "cron_restart",
                    "merge_logs",
                    "namespace",
                    "instance_var",
                    "min_uptime",
                    "max_restarts",
                    "restart_delay",
                    "exp_backoff_restart_delay",
                    "stop_exit_codes",
                    "treekill",
                    "shutdown_with_message",
                    "log_date_format",
                    "time");

    private static final List<String> FILES =
            List.of(
                    "ecosystem.config.js",
                    "ecosystem.config.cjs",
                    "ecosystem.config.json",
                    "ecosystem.json",
                    "pm2.config.js",
                    "pm2.config.cjs",
                    "pm2.json",
                    "process.json");

    private static final String DECLARED =
            "const c=require(process.argv[1]);const a=(Array.isArray(c)?c:c.apps||[c])"
                    + ".find(a=>a.name===process.argv[2]);"
                    + "if(!a)process.exit(3);console.log('@'+Object.keys(a.env||{}).join(' '))";

    /** Writes down how it was started. */
    void keep(List<JsonNode> entries) {
        JsonNode is = entries.getFirst().path("pm2_env");
        ObjectNode app = MAPPER.createObjectNode();
        SETTINGS.stream().filter(is::has).forEach(key -> app.set(key, is.get(key)));
        app.put("script", is.path("pm_exec_path").asString());
        app.put("cwd", is.path("pm_cwd").asString());
        app.put("interpreter", is.path("exec_interpreter").asString("node"));
        app.put("out_file", is.path("pm_out_log_path").asString());
        app.put("error_file", is.path("pm_err_log_path").asString());
        app.put("instances", entries.size());
        var environ = new StringBuilder();
        is.path("env")
                .properties()
                .forEach(one -> {
                    if (one.getValue().isValueNode() && !OWN.contains(one.getKey())) {
                        environ.append(one.getKey()).append('=').append(one.getValue().asString());
                        environ.append('\0');
                    }
                });
        var all = MAPPER.createObjectNode();
        all.set("apps", MAPPER.createArrayNode().add(app));
        put("environ", environ.toString());
        put("app.json", all.toString());
    }

    private void put(String file, String text) {
        daemon.hands()
                .told(
                        daemon.hands()
                                .host()
                                .run(
                                        Command.of(
                                                        Hands.SHORT,
                                                        "sh",
                                                        "-c",
                                                        "umask 077; mkdir -p \"$1\" && cat"
                                                                + " >\"$1/$2\"",
                                                        "sh",
                                                        own.toString(),
                                                        file)
                                                .feeding(text.getBytes(UTF_8)))
                                .exited());
    }

    /** By the file of the release where it declares this app, else as it was started before. */
    void launch(Path real, Deadline by) {
        var variables = new HashMap<>(new Kept(daemon.hands(), own).environment());
        Optional<Path> declared = declaring(real);
        declaring(home).flatMap(this::declared).ifPresent(variables.keySet()::removeAll);
        Map<String, String> moved = Kept.moved(variables, home, real);
        if (declared.isPresent()) {
            daemon.hands()
                    .told(
                            daemon.pm2(
                                    by.left().plusMillis(1),
                                    moved,
                                    real,
                                    "start",
                                    declared.get().toString(),
                                    "--only",
                                    name));
            return;
        }
        String app =
                daemon.hands()
                        .host()
                        .read(own.resolve("app.json"), 1 << 20)
                        .map(bytes -> new String(bytes, UTF_8))
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "{0} is not there any more: nobody knows how it was"
                                                        + " started",
                                                own),
                                        daemon.hands().host().name(),
                                        Phrase.of(
                                                "Start it by hand as you always do, then ask"
                                                        + " again")));
        start(resolved(MAPPER.readTree(app), real), moved, real, by);
    }

    /** A link that leads into the release now is replaced by where it leads. */
    private String resolved(JsonNode file, Path real) {
        ObjectNode app = (ObjectNode) file.path("apps").get(0);
        for (String key : List.of("script", "cwd")) {
            String moved = Kept.moved(app.path(key).asString(""), home, real);
            app.put(key, reallyIn(moved, real));
        }
        for (String key : List.of("interpreter", "out_file", "error_file")) {
            app.put(key, Kept.moved(app.path(key).asString(""), home, real));
        }
        return file.toString();
    }

    private String reallyIn(String path, Path real) {
        return daemon.hands()
                .host()
                .real(Path.of(path))
                .filter(one -> one.startsWith(real))
                .map(Path::toString)
                .orElse(path);
    }

    /** The file is for PM2's user, for a moment. */
    private void start(String json, Map<String, String> variables, Path real, Deadline by) {
        daemon.hands()
                .told(
                        daemon.hands()
                                .host()
                                .run(
                                        Command.of(
                                                        by.left().plusMillis(1),
                                                        daemon.hands()
                                                                .as(
                                                                        daemon.uid(),
                                                                        fed(
                                                                                daemon.words(
                                                                                        variables,
                                                                                        real,
                                                                                        "start"))))
                                                .with(variables)
                                                .in(Path.of("/"))
                                                .feeding(json.getBytes(UTF_8)))
                                .exited());
    }

    private static List<String> fed(List<String> pm2) {
        var words =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                "umask 077; d=$(mktemp -d) && cat >$d/app.json && \"$@\""
                                        + " $d/app.json; c=$?; rm -rf $d; exit $c",
                                "sh"));
        words.addAll(pm2);
        return words;
    }

    Optional<Path> declaring(Path folder) {
        return FILES.stream()
                .map(folder::resolve)
                .filter(daemon.hands().host()::exists)
                .filter(file -> declared(file).isPresent())
                .findFirst();
    }

    /** The variables that a file gives to this app; empty when it does not know it. */
    private Optional<List<String>> declared(Path file) {
        var told =
                daemon.hands()
                        .run(
                                daemon.uid(),
                                Hands.SHORT,
                                Map.of(),
                                List.of(
                                        daemon.node().toString(),
                                        "-e",
                                        DECLARED,
                                        file.toString(),
                                        name));
        @Nullable String line =
                told.stdout()
                        .text()
                        .lines()
                        .filter(one -> one.startsWith("@"))
                        .findFirst()
                        .orElse(null);
        return told.isSuccess() && line != null
                ? Optional.of(List.of(line.substring(1).split(" ", -1)))
                : Optional.empty();
    }
}
