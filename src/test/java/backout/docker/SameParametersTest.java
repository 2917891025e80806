package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.host.Command;
import backout.host.Host;
import backout.problem.ProblemException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Whatever docker run was told, the new container and the one that is back differ from the first in
 * nothing but image, id and times; and so does the one that the shell line makes.
 */
@Order(4)
final class SameParametersTest {
    private static final int MANY = Integer.getInteger("backout.random", 200);

    /** Rows of the corpus that no engine of a test makes, and what they would need. */
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "app-24", "an image of the registry, for it always pulls",
                    "dns-02", "an address for each network, which is API 1.44",
                    "gpu-05", "the runtime nvidia",
                    "gpu-06", "the runtime nvidia",
                    "media-06", "the runtime nvidia",
                    "robot-03", "the runtime nvidia");

    private final TestEngine here = new TestEngine();
    private final Engine engine = here.engine;
    private final Host host = Host.local();
    private String good = "";
    private String bad = "";

    @BeforeEach
    void twoImages() {
        good = here.image("1", "ENV RELEASE=1", "ENV LEVEL=image", "LABEL release=1");
        bad =
                here.image(
                        "2",
                        "ENV RELEASE=2",
                        "ENV LEVEL=image",
                        "LABEL release=2",
                        "VOLUME /data",
                        "EXPOSE 7000");
    }

    @AfterEach
    void removeAll() {
        here.close();
        String volumes = here.docker("volume", "ls", "--quiet", "--filter", "name=" + here.unique);
        volumes.lines().forEach(volume -> here.docker("volume", "rm", "--force", volume));
    }

    @Test
    void of_any_options_nothing_is_lost() throws Exception {
        here.network(here.unique + "-fixed", "10.213.40.0/24");
        here.docker("network", "create", here.unique + "-plain");
        try {
            long seed = Long.getLong("backout.seed", System.nanoTime());
            System.out.println("SameParametersTest seed " + seed);
            var networks = List.of(here.unique + "-fixed", here.unique + "-plain");
            var told = new ConcurrentLinkedQueue<String>();
            try (var threads = Executors.newFixedThreadPool(6)) {
                for (int index = 0; index < MANY; index++) {
                    long own = seed + index;
                    String name = here.unique + "-" + index;
                    threads.execute(() -> {
                        var random = new Random(own);
                        var options = RandomRun.options(random, here.unique, networks);
                        try {
                            there(name, options, RandomRun.command(random), _ -> {});
                        } catch (Throwable e) {
                            told.add("seed " + own + " " + options + ": " + e.getMessage());
                        }
                    });
                }
            }
            assertThat(told).as("seed " + seed).isEmpty();
        } finally {
            here.docker("ps", "--all", "--quiet", "--filter", "name=" + here.unique)
                    .lines()
                    .forEach(id -> here.docker("rm", "--force", "--volumes", id));
            here.docker("network", "rm", here.unique + "-plain");
        }
    }

    /** What people really write. */
    @Test
    void of_real_command_lines_nothing_is_lost() throws IOException {
        Path corpus =
                Path.of(System.getenv().getOrDefault("BACKOUT_SHARED", ""))
                        .resolve("corpus/docker-run-options.json");
        assumeTrue(Files.exists(corpus), "the corpus of command lines is not here");
        var told = new ArrayList<String>();
        var cannot = new TreeMap<String, String>();
        int done = 0;
        try (var ground = new CorpusGround(here)) {
            for (JsonNode row : new JsonMapper().readTree(Files.readString(corpus))) {
                String id = row.path("id").asString("");
                try {
                    List<String> options = ground.arranged(row);
                    there(
                            here.unique + "-" + id,
                            options,
                            Json.texts(row.path("cmd")),
                            ground::afterwards);
                    done++;
                } catch (NotMade e) {
                    cannot.put(id, String.valueOf(e.getMessage()));
                } catch (AssertionError | ProblemException e) {
                    told.add(id + " " + row.path("argv") + ": " + e.getMessage());
                }
            }
        }
        assertThat(told).isEmpty();
        assertThat(ELSEWHERE.keySet()).as("%s", cannot).containsAll(cannot.keySet());
        assertThat(done).isGreaterThan(150);
    }

    /** This engine does not take the options. */
    static final class NotMade extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotMade(String why) {
            super(why);
        }
    }

    private void there(
            String name, List<String> options, List<String> command, Consumer<String> after) {
        var argv = new ArrayList<>(List.of("docker", "create", "--name", name));
        // with it the exchange is refused: nothing would be left to go back to
        options.stream().filter(word -> !word.equals("--rm")).forEach(argv::add);
        argv.add(bad);
        argv.addAll(command);
        var made = host.run(Command.of(Duration.ofSeconds(60), argv)).exited();
        if (!made.isSuccess()) {
            throw new NotMade(made.stderr().text().strip());
        }
        after.accept(name);
        var before = parameters(name);
        var swap = new ContainerSwap(engine);
        var order = new SwapOrder("op1", name, here.imageId(good), good, Map.of());
        var line = RunLine.of(engine, name, here.imageId(bad), bad);
        var receipt = swap.prepare(order);
        swap.setAside(receipt);
        swap.create(order, receipt);
        assertThat(parameters(name)).as("forward").isEqualTo(before);
        swap.back(receipt, Duration.ZERO);
        assertThat(parameters(name)).as("back").isEqualTo(before);
        if (line.unsaid().isEmpty()) {
            here.docker("rename", name, name + "-first");
            typed(line, name + "-first");
            assertThat(parameters(name)).as(line.run()).isEqualTo(before);
        }
        here.docker("rm", "--force", name);
        host.run(Command.of(Duration.ofSeconds(20), "docker", "rm", "-f", "-v", name + "-first"));
    }

    private void typed(RunLine line, String from) {
        var environment = new TreeMap<String, String>();
        Json.texts(engine.inspect(from).orElseThrow().path("Config").path("Env"))
                .forEach(entry ->
                        line.secrets().stream()
                                .filter(given -> entry.startsWith(given.name() + "="))
                                .forEach(given ->
                                        environment.put(
                                                given.variable(),
                                                entry.substring(given.name().length() + 1))));
        var result =
                host.run(
                                Command.of(
                                                Duration.ofSeconds(60),
                                                "sh",
                                                "-euc",
                                                String.join("\n", line.create()))
                                        .with(environment))
                        .exited();
        assertThat(result.isSuccess()).as(line.create() + result.stderr().text()).isTrue();
    }

    private Map<String, String> parameters(String name) {
        JsonNode one = engine.inspect(name).orElseThrow();
        var values = new TreeMap<String, String>();
        String id = one.path("Id").asString("");
        flat("Config", one.path("Config"), values);
        flat("HostConfig", one.path("HostConfig"), values);
        one.path("Mounts")
                .forEach(mount ->
                        values.put(
                                "Mounts." + mount.path("Destination").asString(""),
                                mount.path("Type")
                                        + " "
                                        + mount.path("Name")
                                        + " "
                                        + mount.path("Source")
                                        + " "
                                        + mount.path("RW")
                                        + mount.path("Propagation")));
        one.path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(network -> {
                    var aliases = new TreeSet<>(Json.texts(network.getValue().path("Aliases")));
                    aliases.removeIf(id::startsWith);
                    values.put(
                            "Networks." + network.getKey(),
                            aliases
                                    + " "
                                    + network.getValue().path("IPAMConfig").path("IPv4Address")
                                    + network.getValue().path("Links"));
                });
        if (id.startsWith(values.getOrDefault("Config.Hostname", "-").replace("\"", ""))) {
            values.remove("Config.Hostname");
        }
        // the image's own, which the other one has otherwise; mounts stand above, by their places
        values.keySet()
                .removeIf(key ->
                        key.matches(
                                        "Config\\.(Image|Labels\\.(backout\\.op|release)|Volumes.*"
                                                + "|ExposedPorts\\.7000.*|AttachStd.*|StdinOnce)")
                                || key.matches("HostConfig\\.(Mounts|ContainerIDFile|Binds)"));
        return values;
    }

    private static void flat(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(it -> flat(path + "." + it.getKey(), it.getValue(), values));
        } else if (path.equals("Config.Env")) {
            // of two with one name the engine gives the last one to the process
            var env = new TreeMap<String, String>();
            Json.texts(node).forEach(entry -> env.put(entry.split("=", 2)[0], entry));
            env.remove("RELEASE");
            values.put(path, env.toString());
        } else if (node.isContainer()
                ? !node.isEmpty()
                : !List.of("", "0", "false").contains(node.asString(""))) {
            values.put(path, node.toString());
        }
    }
}
