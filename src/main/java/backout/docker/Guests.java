package backout.docker;

import backout.docker.Guest.Share;

import tools.jackson.databind.JsonNode;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which running containers of an engine live in what others lend them, at one moment. */
public final class Guests {
    private static final Set<String> UP = Set.of("running", "restarting", "paused");
    private static final int SHORT_ID = 12;

    /** A container with those that lend it something. */
    private record Lodger(ContainerSummary container, Map<Share, Set<String>> hosts) {
        Set<Share> sharesOf(ContainerSummary host) {
            return hosts.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(name -> means(name, host)))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Share.class)));
        }
    }

    private final List<ContainerSummary> all;
    private final List<Lodger> lodgers;

    private Guests(List<ContainerSummary> all, List<Lodger> lodgers) {
        this.all = all;
        this.lodgers = lodgers;
    }

    /** Asks about each running container: their list does not say it. */
    public static Guests look(Engine engine) {
        List<ContainerSummary> all = engine.containers(Map.of());
        List<Lodger> lodgers =
                all.stream()
                        .filter(container -> UP.contains(container.state()))
                        .flatMap(container ->
                                engine.inspect(container.id()).stream()
                                        .map(inspected ->
                                                new Lodger(
                                                        container,
                                                        hosts(inspected.path("HostConfig")))))
                        .filter(lodger -> !lodger.hosts().isEmpty())
                        .toList();
        return new Guests(all, lodgers);
    }

    /** Those whose host is gone. */
    public List<ContainerSummary> orphans() {
        return lodgers.stream()
                .filter(lodger ->
                        lodger.hosts().values().stream()
                                .flatMap(Set::stream)
                                .anyMatch(name -> all.stream().noneMatch(one -> means(name, one))))
                .map(Lodger::container)
                .toList();
    }

    /** Its guests and theirs. */
    public List<Guest> of(String host) {
        var found = new LinkedHashMap<String, Guest>();
        var hosts = new ArrayDeque<ContainerSummary>();
        all.stream().filter(container -> means(host, container)).forEach(hosts::add);
        while (!hosts.isEmpty()) {
            ContainerSummary next = hosts.remove();
            for (Lodger lodger : lodgers) {
                Set<Share> shares = lodger.sharesOf(next);
                String id = lodger.container().id();
                if (!shares.isEmpty()
                        && found.get(id) == null
                        && !means(host, lodger.container())) {
                    found.put(id, new Guest(lodger.container(), shares));
                    hosts.add(lodger.container());
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static Map<Share, Set<String>> hosts(JsonNode hostConfig) {
        var hosts = new EnumMap<Share, Set<String>>(Share.class);
        put(hosts, Share.NETWORK, Json.text(hostConfig, "NetworkMode"));
        put(hosts, Share.IPC, Json.text(hostConfig, "IpcMode"));
        put(hosts, Share.PID, Json.text(hostConfig, "PidMode"));
        Set<String> lenders =
                Json.texts(hostConfig.path("VolumesFrom")).stream()
                        .map(from -> from.split(":")[0])
                        .collect(Collectors.toSet());
        if (!lenders.isEmpty()) {
            hosts.put(Share.VOLUMES, lenders);
        }
        return hosts;
    }

    private static void put(Map<Share, Set<String>> hosts, Share share, String mode) {
        if (mode.startsWith("container:")) {
            hosts.put(share, Set.of(mode.substring("container:".length())));
        }
    }

    /** A container is called by its name, its id, or the beginning of its id. */
    private static boolean means(String called, ContainerSummary container) {
        return called.equals(container.name())
                || called.equals(container.id())
                || (called.length() >= SHORT_ID && container.id().startsWith(called));
    }
}
