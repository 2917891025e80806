package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The body of a create request as options of {@code docker run}; what it takes is gone from it. */
final class RunOptions {
    private static final Map<String, String> ONE = new LinkedHashMap<>();
    private static final Map<String, String> MANY = new LinkedHashMap<>();
    private static final Map<String, String> FLAGS = new LinkedHashMap<>();

    static {
        one("Hostname --hostname", "Domainname --domainname", "User --user");
        one("WorkingDir --workdir", "StopSignal --stop-signal", "StopTimeout --stop-timeout");
        one("MacAddress --mac-address", "IpcMode --ipc", "PidMode --pid", "UTSMode --uts");
        one("UsernsMode --userns", "CgroupParent --cgroup-parent", "CgroupnsMode --cgroupns");
        one("Memory --memory", "MemoryReservation --memory-reservation");
        one("MemorySwap --memory-swap", "MemorySwappiness --memory-swappiness");
        one("KernelMemory --kernel-memory", "CpuShares --cpu-shares", "CpuPeriod --cpu-period");
        one("CpuQuota --cpu-quota", "CpusetCpus --cpuset-cpus", "CpusetMems --cpuset-mems");
        one("CpuRealtimePeriod --cpu-rt-period", "CpuRealtimeRuntime --cpu-rt-runtime");
        one("BlkioWeight --blkio-weight", "PidsLimit --pids-limit", "ShmSize --shm-size");
        one("OomScoreAdj --oom-score-adj", "Runtime --runtime", "VolumeDriver --volume-driver");
        one("Isolation --isolation", "NetworkMode --network", "Init --init=");
        many("Binds --volume", "VolumesFrom --volumes-from", "Links --link", "CapAdd --cap-add");
        many("CapDrop --cap-drop", "Dns --dns", "DnsOptions --dns-option");
        many("DnsSearch --dns-search", "ExtraHosts --add-host", "GroupAdd --group-add");
        many("SecurityOpt --security-opt", "DeviceCgroupRules --device-cgroup-rule");
        flag("Tty --tty", "OpenStdin --interactive", "Privileged --privileged");
        flag("ReadonlyRootfs --read-only", "PublishAllPorts --publish-all");
        flag("OomKillDisable --oom-kill-disable");
    }

    /** What the command line sets by itself, or what says nothing. */
    private static final Set<String> SAID =
            Set.of(
                    "Image",
                    "Env",
                    "AttachStdin",
                    "AttachStdout",
                    "AttachStderr",
                    "StdinOnce",
                    "NetworkingConfig",
                    "RestartPolicy",
                    "ContainerIDFile",
                    "ConsoleSize",
                    "AutoRemove",
                    "MaskedPaths",
                    "ReadonlyPaths",
                    "Cgroup",
                    "NetworkDisabled");

    private final List<String> words = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> unsaid = new ArrayList<>();

    RunOptions(JsonNode body) {
        var left = (ObjectNode) body.deepCopy();
        var host = left.remove("HostConfig");
        left.setAll((ObjectNode) host);
        read(left);
        left.remove(SAID);
        left.properties().stream()
                .filter(entry -> says(entry.getValue()))
                .forEach(entry -> unsaid.add(entry.getKey()));
    }

    List<String> words() {
        return List.copyOf(words);
    }

    /** What follows the image. */
    List<String> arguments() {
        return List.copyOf(arguments);
    }

    List<String> unsaid() {
        return List.copyOf(unsaid);
    }

    private static void one(String... pairs) {
        put(ONE, pairs);
    }

    private static void many(String... pairs) {
        put(MANY, pairs);
    }

    private static void flag(String... pairs) {
        put(FLAGS, pairs);
    }

    private static void put(Map<String, String> options, String... pairs) {
        for (String pair : pairs) {
            String[] both = pair.split(" ");
            options.put(both[0], both[1]);
        }
    }

    /** Docker writes what nobody said as nothing, zero, no, or empty. */
    private static boolean says(JsonNode value) {
        return value.isContainer()
                ? !value.isEmpty()
                : !Set.of("", "0", "false").contains(value.asString(""));
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }

    private void read(ObjectNode left) {
        ONE.forEach((field, option) -> take(left, field, value -> one(field, option, value)));
        MANY.forEach((field, option) ->
                take(left, field, value -> Json.texts(value).forEach(one -> add(option, one))));
        FLAGS.forEach((field, option) -> take(left, field, _ -> add(option)));
        each(left, "Labels", (key, value) -> label(key, value.asString("")));
        each(left, "Sysctls", (key, value) -> add("--sysctl", key + "=" + value.asString("")));
        each(
                left,
                "StorageOpt",
                (key, value) -> add("--storage-opt", key + "=" + value.asString("")));
        each(left, "Tmpfs", (key, value) -> add("--tmpfs", joined(key, ":", value.asString(""))));
        each(left, "Volumes", (key, _) -> add("--volume", key));
        published(left);
        take(left, "NanoCpus", this::cpus);
        take(left, "LogConfig", this::logging);
        take(left, "Ulimits", all -> all.forEach(this::limit));
        take(left, "Devices", all -> all.forEach(this::device));
        take(left, "Mounts", all -> all.forEach(mount -> add("--mount", RunMount.of(mount))));
        take(left, "Healthcheck", this::health);
        for (String kind : List.of("Read", "Write")) {
            for (String unit : List.of("Bps", "IOps")) {
                String option =
                        "--device-"
                                + kind.toLowerCase(java.util.Locale.ROOT)
                                + "-"
                                + unit.toLowerCase(java.util.Locale.ROOT);
                take(
                        left,
                        "BlkioDevice" + kind + unit,
                        all ->
                                all.forEach(rate ->
                                        add(
                                                option,
                                                Json.text(rate, "Path")
                                                        + ":"
                                                        + rate.path("Rate").asLong())));
            }
        }
        start(left);
    }

    private static void each(ObjectNode left, String field, BiConsumer<String, JsonNode> to) {
        take(
                left,
                field,
                all -> all.properties().forEach(it -> to.accept(it.getKey(), it.getValue())));
    }

    private static void take(
            ObjectNode left, String field, java.util.function.Consumer<JsonNode> to) {
        JsonNode value = left.path(field);
        if (says(value)) {
            to.accept(value);
        }
        left.remove(field);
    }

    private void one(String field, String option, JsonNode value) {
        String text = value.asString("");
        boolean isUsual =
                (field.equals("NetworkMode") && text.equals("default"))
                        || (field.equals("MemorySwappiness") && text.equals("-1"));
        if (!isUsual) {
            words.addAll(option.endsWith("=") ? List.of(option + text) : List.of(option, text));
        }
    }

    private void label(String key, String value) {
        if (!key.equals(Recipe.OP)) {
            add("--label", key + "=" + value);
        }
    }

    private static String joined(String one, String between, String other) {
        return other.isEmpty() ? one : one + between + other;
    }

    private void published(ObjectNode left) {
        JsonNode ports = left.path("PortBindings");
        ports.properties()
                .forEach(port ->
                        port.getValue()
                                .forEach(at -> add("--publish", published(port.getKey(), at))));
        each(
                left,
                "ExposedPorts",
                (port, _) -> {
                    if (!ports.has(port)) {
                        add("--expose", port);
                    }
                });
        left.remove("PortBindings");
    }

    private static String published(String port, JsonNode at) {
        String address = Json.text(at, "HostIp");
        String host = Json.text(at, "HostPort");
        String shown = address.contains(":") ? "[" + address + "]" : address;
        return address.isEmpty()
                ? (host.isEmpty() ? port : host + ":" + port)
                : shown + ":" + host + ":" + port;
    }

    private void cpus(JsonNode nanos) {
        add("--cpus", BigDecimal.valueOf(nanos.asLong(), 9).stripTrailingZeros().toPlainString());
    }

    private void logging(JsonNode config) {
        String driver = Json.text(config, "Type");
        if (!driver.isEmpty()) {
            add("--log-driver", driver);
        }
        config.path("Config")
                .properties()
                .forEach(it -> add("--log-opt", it.getKey() + "=" + it.getValue().asString("")));
    }

    private void limit(JsonNode limit) {
        add(
                "--ulimit",
                Json.text(limit, "Name")
                        + "="
                        + limit.path("Soft").asLong()
                        + ":"
                        + limit.path("Hard").asLong());
    }

    private void device(JsonNode device) {
        String rights = Json.text(device, "CgroupPermissions");
        add(
                "--device",
                Json.text(device, "PathOnHost")
                        + ":"
                        + Json.text(device, "PathInContainer")
                        + ":"
                        + (rights.isEmpty() ? "rwm" : rights));
    }

    private void health(JsonNode check) {
        List<String> test = Json.texts(check.path("Test"));
        if (test.equals(List.of("NONE"))) {
            add("--no-healthcheck");
            return;
        }
        if (test.size() == 2 && test.getFirst().equals("CMD-SHELL")) {
            add("--health-cmd", test.get(1));
        } else if (!test.isEmpty()) {
            unsaid.add("Healthcheck.Test");
        }
        Function<String, Long> number = field -> check.path(field).asLong(0);
        Map.of("Interval", "interval", "Timeout", "timeout", "StartPeriod", "start-period")
                .forEach((field, option) -> {
                    if (number.apply(field) > 0) {
                        add("--health-" + option, number.apply(field) + "ns");
                    }
                });
        if (number.apply("Retries") > 0) {
            add("--health-retries", Long.toString(number.apply("Retries")));
        }
    }

    /** The option takes one word; the others stand before the arguments. */
    private void start(ObjectNode left) {
        JsonNode given = left.path("Entrypoint");
        List<String> entrypoint = Json.texts(given);
        if (!entrypoint.isEmpty()) {
            add("--entrypoint", entrypoint.getFirst());
            arguments.addAll(entrypoint.subList(1, entrypoint.size()));
        }
        arguments.addAll(Json.texts(left.path("Cmd")));
        left.remove(List.of("Entrypoint", "Cmd"));
    }
}
