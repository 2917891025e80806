package backout.executor.compose.traits;

import static backout.executor.compose.traits.Nodes.flag;
import static backout.executor.compose.traits.Nodes.list;
import static backout.executor.compose.traits.Nodes.number;
import static backout.executor.compose.traits.Nodes.text;
import static backout.executor.compose.traits.Nodes.texts;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the traits of what {@code docker compose config} says of a service. What it leaves open the
 * image gives, as the engine does it.
 */
final class ConfigTraits {
    private final JsonNode config;
    private final JsonNode service;
    private final String name;
    private final JsonNode image;
    private final Traits traits;

    ConfigTraits(JsonNode config, String name, Optional<JsonNode> image) {
        this.config = Escapes.undone(config);
        this.service = this.config.path("services").path(name);
        this.name = name;
        this.image = image.orElseGet(JsonNodeFactory.instance::objectNode);
        this.traits = new Traits(image.isPresent());
    }

    Traits all() {
        environment();
        labels();
        new ConfigMounts(config, service, image).into(traits);
        ports();
        command();
        process();
        health();
        networks();
        rights();
        limits();
        return traits;
    }

    private void environment() {
        Map<String, String> all = Nodes.pairs(image.path("Env"));
        service.path("environment")
                .properties()
                .forEach(it -> {
                    if (it.getValue().isNull()) {
                        all.remove(it.getKey());
                    } else {
                        all.put(it.getKey(), text(it.getValue()));
                    }
                });
        all.forEach((key, value) -> traits.put(Trait.ENVIRONMENT, key, value + " "));
    }

    private void labels() {
        Map<String, String> all = Nodes.map(image.path("Labels"));
        all.putAll(Nodes.map(service.path("labels")));
        all.forEach((key, value) -> {
            if (!ContainerTraits.isOfTools(key)) {
                traits.put(Trait.LABEL, key, value + " ");
            }
        });
    }

    private void ports() {
        var published = new TreeMap<String, TreeSet<String>>();
        for (JsonNode port : service.path("ports")) {
            String protocol = text(port.path("protocol"));
            String target =
                    text(port.path("target")) + "/" + (protocol.isEmpty() ? "tcp" : protocol);
            published
                    .computeIfAbsent(target, _ -> new TreeSet<>())
                    .add(
                            ContainerTraits.published(
                                    text(port.path("host_ip")), text(port.path("published"))));
        }
        published.forEach((port, all) -> traits.put(Trait.PORT, port, String.join(" ", all)));
    }

    /** An own entrypoint, even an empty one, does without the image's command. */
    private void command() {
        JsonNode command = service.path("command");
        JsonNode entrypoint = service.path("entrypoint");
        boolean isOpen = list(entrypoint).isEmpty();
        traits.put(
                "command",
                list(command).isEmpty() && isOpen ? list(image.path("Cmd")) : list(command));
        traits.put(
                "entrypoint",
                entrypoint.isArray() ? list(entrypoint) : list(image.path("Entrypoint")));
    }

    private void process() {
        traits.put("user", own("user", "User"));
        traits.put("working_dir", Mounted.path(own("working_dir", "WorkingDir")));
        traits.put("stop_signal", own("stop_signal", "StopSignal"));
        for (String key : List.of("domainname", "mac_address", "container_name", "hostname")) {
            traits.put(key, text(service.path(key)));
        }
        traits.put("stop_grace_period", Health.seconds(text(service.path("stop_grace_period"))));
        for (String key : List.of("tty", "stdin_open", "init", "privileged", "read_only")) {
            traits.put(key, flag(service.path(key)));
        }
        traits.put("restart", restart());
    }

    private String own(String key, String ofImage) {
        String own = text(service.path(key));
        return own.isEmpty() ? text(image.path(ofImage)) : own;
    }

    private String restart() {
        String own = text(service.path("restart"));
        if (!own.isEmpty()) {
            return ContainerTraits.restart(own, 0);
        }
        JsonNode policy = service.path("deploy").path("restart_policy");
        if (policy.isMissingNode()) {
            return "";
        }
        String condition = text(policy.path("condition"));
        String engines =
                switch (condition) {
                    case "none" -> "no";
                    case "", "any" -> "always";
                    default -> condition;
                };
        return ContainerTraits.restart(engines, policy.path("max_attempts").asInt(0));
    }

    private void health() {
        Health own = Health.ofFiles(service.path("healthcheck"));
        traits.put("healthcheck", own.over(Health.ofEngine(image.path("Healthcheck"))).value());
    }

    private void networks() {
        String mode = Nodes.mode(text(service.path("network_mode")));
        if (!mode.isEmpty()) {
            traits.put("network_mode", mode);
            return;
        }
        service.path("networks")
                .properties()
                .forEach(
                        it -> traits.put(Trait.NETWORK, named(it.getKey()), joined(it.getValue())));
    }

    private String named(String key) {
        String named = text(config.path("networks").path(key).path("name"));
        return named.isEmpty() ? key : named;
    }

    private String joined(JsonNode network) {
        var aliases = new TreeSet<>(texts(network.path("aliases")));
        aliases.remove(name);
        aliases.remove(text(service.path("container_name")));
        return ContainerTraits.joined(
                text(network.path("ipv4_address")), text(network.path("ipv6_address")), aliases);
    }

    private void rights() {
        traits.put("cap_add", mapped("cap_add", Nodes::capability));
        traits.put("cap_drop", mapped("cap_drop", Nodes::capability));
        traits.put("security_opt", mapped("security_opt", Nodes::security));
        traits.put("group_add", texts(service.path("group_add")));
        traits.put("devices", devices());
        for (String key : List.of("dns", "dns_search", "dns_opt")) {
            traits.put(key, list(service.path(key)));
        }
        traits.put("extra_hosts", hosts());
        traits.put("ipc", Nodes.mode(text(service.path("ipc"))));
        traits.put("pid", Nodes.mode(text(service.path("pid"))));
        for (String key : List.of("uts", "userns_mode", "runtime", "cgroup_parent", "cpuset")) {
            traits.put(key, text(service.path(key)));
        }
    }

    private List<String> mapped(String key, java.util.function.UnaryOperator<String> form) {
        return texts(service.path(key)).stream().map(form).toList();
    }

    private List<String> devices() {
        var devices = new ArrayList<String>();
        for (JsonNode device : service.path("devices")) {
            String text =
                    device.isObject()
                            ? text(device.path("source"))
                                    + ":"
                                    + text(device.path("target"))
                                    + ":"
                                    + text(device.path("permissions"))
                            : text(device);
            String[] parts = text.split(":", -1);
            devices.add(
                    parts[0]
                            + ":"
                            + (parts.length > 1 ? parts[1] : parts[0])
                            + ":"
                            + (parts.length > 2 && !parts[2].isEmpty() ? parts[2] : "rwm"));
        }
        return devices;
    }

    /** {@code name=address}, {@code name:address} or a map, as the versions write it. */
    private List<String> hosts() {
        JsonNode hosts = service.path("extra_hosts");
        if (!hosts.isObject()) {
            return texts(hosts).stream().map(it -> it.replaceFirst("[=:]", ":")).toList();
        }
        var all = new ArrayList<String>();
        hosts.properties()
                .forEach(host -> {
                    JsonNode to = host.getValue();
                    List<String> addresses = to.isArray() ? texts(to) : List.of(text(to));
                    addresses.forEach(address -> all.add(host.getKey() + ":" + address));
                });
        return all;
    }

    private void limits() {
        JsonNode limits = service.path("deploy").path("resources").path("limits");
        JsonNode kept = service.path("deploy").path("resources").path("reservations");
        traits.put("mem_limit", either(service.path("mem_limit"), limits.path("memory")));
        traits.put("mem_reservation", either(service.path("mem_reservation"), kept.path("memory")));
        traits.put("memswap_limit", number(service.path("memswap_limit")));
        traits.put("cpus", nanos(either(service.path("cpus"), limits.path("cpus"))));
        traits.put("cpu_shares", number(service.path("cpu_shares")));
        traits.put("pids_limit", either(service.path("pids_limit"), limits.path("pids")));
        traits.put("shm_size", number(service.path("shm_size")));
        traits.put("oom_score_adj", number(service.path("oom_score_adj")));
        Nodes.map(service.path("sysctls"))
                .forEach((key, value) -> traits.put("sysctls", key, value));
        service.path("ulimits")
                .properties()
                .forEach(it -> traits.put("ulimits", it.getKey(), limit(it.getValue())));
        JsonNode log = service.path("logging");
        if (log.isObject()) {
            String driver = text(log.path("driver"));
            traits.put(
                    "logging",
                    (driver.isEmpty() ? "json-file" : driver)
                            + " "
                            + Nodes.map(log.path("options")));
        }
    }

    private static String either(JsonNode own, JsonNode deployed) {
        String first = number(own);
        return first.isEmpty() ? number(deployed) : first;
    }

    private static String nanos(String cpus) {
        return cpus.isEmpty() ? "" : Long.toString(Math.round(Double.parseDouble(cpus) * 1e9));
    }

    private static String limit(JsonNode limit) {
        return limit.isObject()
                ? text(limit.path("soft")) + ":" + text(limit.path("hard"))
                : text(limit) + ":" + text(limit);
    }
}
