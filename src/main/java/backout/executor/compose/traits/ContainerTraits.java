package backout.executor.compose.traits;

import static backout.executor.compose.traits.Nodes.flag;
import static backout.executor.compose.traits.Nodes.list;
import static backout.executor.compose.traits.Nodes.number;
import static backout.executor.compose.traits.Nodes.text;
import static backout.executor.compose.traits.Nodes.texts;

import tools.jackson.databind.JsonNode;

import java.util.Set;
import java.util.TreeSet;

/** Reads the traits of what {@code docker inspect} says. */
final class ContainerTraits {
    private static final Set<String> ALONE = Set.of("host", "none", "bridge");

    private final JsonNode inspected;
    private final JsonNode config;
    private final JsonNode host;
    private final String service;
    private final Traits traits = new Traits(true);

    ContainerTraits(JsonNode inspected, String service) {
        this.inspected = inspected;
        this.config = inspected.path("Config");
        this.host = inspected.path("HostConfig");
        this.service = service;
    }

    Traits all() {
        Nodes.pairs(config.path("Env"))
                .forEach((name, value) -> traits.put(Trait.ENVIRONMENT, name, value + " "));
        labels();
        mounts();
        ports();
        process();
        health();
        networks();
        rights();
        limits();
        return traits;
    }

    private void labels() {
        Nodes.map(config.path("Labels"))
                .forEach((name, value) -> {
                    if (!isOfTools(name)) {
                        traits.put(Trait.LABEL, name, value + " ");
                    }
                });
    }

    static boolean isOfTools(String label) {
        return label.startsWith("com.docker.compose.")
                || label.startsWith("desktop.docker.io/")
                || label.startsWith("backout.");
    }

    private void mounts() {
        for (JsonNode mount : inspected.path("Mounts")) {
            String type = text(mount.path("Type"));
            String source = text(mount.path(type.equals("volume") ? "Name" : "Source"));
            boolean isReadOnly = !mount.path("RW").asBoolean(true);
            put(text(mount.path("Destination")), Mounted.of(type, source, isReadOnly));
        }
        host.path("Tmpfs")
                .propertyNames()
                .forEach(target -> put(target, Mounted.of("tmpfs", "", false)));
    }

    private void put(String target, Mounted mounted) {
        traits.put(Trait.MOUNT, Mounted.path(target), mounted.value());
    }

    private void ports() {
        host.path("PortBindings")
                .properties()
                .forEach(port -> {
                    var published = new TreeSet<String>();
                    for (JsonNode binding : port.getValue()) {
                        published.add(
                                published(
                                        text(binding.path("HostIp")),
                                        text(binding.path("HostPort"))));
                    }
                    traits.put(Trait.PORT, port.getKey(), String.join(" ", published));
                });
    }

    static String published(String address, String port) {
        return (address.equals("0.0.0.0") ? "" : address) + ":" + port;
    }

    private void process() {
        traits.put("command", list(config.path("Cmd")));
        traits.put("entrypoint", list(config.path("Entrypoint")));
        traits.put("user", text(config.path("User")));
        traits.put("working_dir", Mounted.path(text(config.path("WorkingDir"))));
        traits.put("domainname", text(config.path("Domainname")));
        traits.put("stop_signal", text(config.path("StopSignal")));
        traits.put("stop_grace_period", text(config.path("StopTimeout")));
        traits.put("tty", flag(config.path("Tty")));
        traits.put("stdin_open", flag(config.path("OpenStdin")));
        traits.put("mac_address", text(config.path("MacAddress")));
        traits.put("container_name", text(inspected.path("Name")).replaceFirst("^/", ""));
        String hostname = text(config.path("Hostname"));
        boolean isOwn = !text(inspected.path("Id")).startsWith(hostname);
        traits.put("hostname", isOwn ? hostname : "");
        JsonNode restart = host.path("RestartPolicy");
        traits.put(
                "restart",
                restart(text(restart.path("Name")), restart.path("MaximumRetryCount").asInt(0)));
        traits.put("init", flag(host.path("Init")));
    }

    static String restart(String name, int most) {
        return name.isEmpty() || name.equals("no") ? "" : name + (most > 0 ? ":" + most : "");
    }

    private void health() {
        traits.put("healthcheck", Health.ofEngine(config.path("Healthcheck")).value());
    }

    private void networks() {
        String mode = Nodes.mode(text(host.path("NetworkMode")).replace("default", "bridge"));
        if (ALONE.contains(mode) || mode.equals("container")) {
            traits.put("network_mode", mode);
            return;
        }
        inspected
                .path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(it -> traits.put(Trait.NETWORK, it.getKey(), joined(it.getValue())));
    }

    private String joined(JsonNode endpoint) {
        String name = text(inspected.path("Name")).replaceFirst("^/", "");
        var aliases = new TreeSet<>(texts(endpoint.path("Aliases")));
        aliases.removeIf(alias ->
                alias.equals(name)
                        || alias.equals(service)
                        || alias.equals(text(config.path("Hostname")))
                        || text(inspected.path("Id")).startsWith(alias));
        JsonNode fixed = endpoint.path("IPAMConfig");
        return joined(text(fixed.path("IPv4Address")), text(fixed.path("IPv6Address")), aliases);
    }

    static String joined(String ipv4, String ipv6, Set<String> aliases) {
        return "joined " + ipv4 + " " + ipv6 + " " + String.join(" ", aliases);
    }

    private void rights() {
        traits.put("privileged", flag(host.path("Privileged")));
        traits.put("read_only", flag(host.path("ReadonlyRootfs")));
        traits.put("cap_add", texts(host.path("CapAdd")).stream().map(Nodes::capability).toList());
        traits.put(
                "cap_drop", texts(host.path("CapDrop")).stream().map(Nodes::capability).toList());
        boolean all =
                host.path("Privileged").asBoolean(false)
                        || text(host.path("PidMode")).equals("host")
                        || text(host.path("IpcMode")).equals("host");
        traits.put(
                "security_opt",
                texts(host.path("SecurityOpt")).stream()
                        .map(Nodes::security)
                        // the engine adds it by itself there
                        .filter(option -> !all || !option.equals("label=disable"))
                        .toList());
        traits.put("group_add", texts(host.path("GroupAdd")));
        traits.put(
                "devices",
                host.path("Devices")
                        .valueStream()
                        .map(device ->
                                text(device.path("PathOnHost"))
                                        + ":"
                                        + text(device.path("PathInContainer"))
                                        + ":"
                                        + text(device.path("CgroupPermissions")))
                        .toList());
        traits.put("dns", list(host.path("Dns")));
        traits.put("dns_search", list(host.path("DnsSearch")));
        traits.put("dns_opt", list(host.path("DnsOptions")));
        traits.put("extra_hosts", texts(host.path("ExtraHosts")));
        traits.put("ipc", Nodes.mode(text(host.path("IpcMode"))));
        traits.put("pid", Nodes.mode(text(host.path("PidMode"))));
        traits.put("uts", text(host.path("UTSMode")));
        traits.put("userns_mode", text(host.path("UsernsMode")));
        traits.put("runtime", text(host.path("Runtime")));
    }

    private void limits() {
        traits.put("mem_limit", number(host.path("Memory")));
        traits.put("mem_reservation", number(host.path("MemoryReservation")));
        traits.put("memswap_limit", number(host.path("MemorySwap")));
        traits.put("cpus", number(host.path("NanoCpus")));
        traits.put("cpu_shares", number(host.path("CpuShares")));
        traits.put("cpuset", text(host.path("CpusetCpus")));
        traits.put("pids_limit", number(host.path("PidsLimit")));
        traits.put("shm_size", number(host.path("ShmSize")));
        traits.put("oom_score_adj", number(host.path("OomScoreAdj")));
        traits.put("cgroup_parent", text(host.path("CgroupParent")));
        Nodes.map(host.path("Sysctls"))
                .forEach((name, value) -> traits.put("sysctls", name, value));
        for (JsonNode limit : host.path("Ulimits")) {
            traits.put(
                    "ulimits",
                    text(limit.path("Name")),
                    text(limit.path("Soft")) + ":" + text(limit.path("Hard")));
        }
        JsonNode log = host.path("LogConfig");
        traits.put("logging", text(log.path("Type")) + " " + Nodes.map(log.path("Config")));
    }
}
