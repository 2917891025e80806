package backout.executor.compose.traits;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All traits of one container with their values, which may be secrets: never printed. */
public final class Traits {
    public static final Traits NONE = new Traits(true);

    /** What the engine gives by itself where the files say nothing. */
    private static final Set<String> GIVEN_BY_THE_ENGINE =
            Set.of(
                    "hostname",
                    "ipc",
                    "logging",
                    "mac_address",
                    "memswap_limit",
                    "runtime",
                    "shm_size",
                    "ulimits",
                    "container_name");

    /** Compose gives them of the client's own configuration, which is not looked at. */
    private static final Set<String> PROXIES =
            Set.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

    /** Others' mounts: which they are only the engine knows. */
    static final String VOLUMES_FROM = "volumes_from";

    private final TreeMap<Trait, String> values = new TreeMap<>();
    private final boolean knowsImage;

    /**
     * @param knowsImage whether the defaults of the image are among them
     */
    Traits(boolean knowsImage) {
        this.knowsImage = knowsImage;
    }

    /** What compose would make of the service; {@code image} gives what the files leave open. */
    public static Traits ofConfig(JsonNode config, String service, Optional<JsonNode> image) {
        return new ConfigTraits(config, service, image).all();
    }

    /** What a container is, as the engine describes it. */
    public static Traits ofContainer(JsonNode inspected, String service) {
        return new ContainerTraits(inspected, service).all();
    }

    /** An empty value is as none. */
    void put(String kind, String name, String value) {
        if (!value.isEmpty()) {
            values.put(new Trait(kind, name), value);
        }
    }

    void put(String kind, String value) {
        put(kind, "", value);
    }

    void put(String kind, Collection<String> list) {
        put(kind, String.join("\0", new TreeSet<>(list)));
    }

    public Optional<String> value(Trait trait) {
        return Optional.ofNullable(values.get(trait));
    }

    public SortedMap<Trait, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** What of this container compose would make otherwise, in order. */
    public List<Trait> differing(Traits files) {
        var all = new TreeSet<>(values.keySet());
        all.addAll(files.values.keySet());
        var differing = new ArrayList<Trait>();
        for (Trait trait : all) {
            if (trait.kind().equals(VOLUMES_FROM)) {
                continue;
            }
            boolean leavesItOpen = !files.values.containsKey(trait) && isOpen(trait, files);
            if (!leavesItOpen && !value(trait).equals(files.value(trait))) {
                differing.add(trait);
            }
        }
        return differing;
    }

    private static boolean isOpen(Trait trait, Traits files) {
        boolean isOfOthers =
                trait.isMount() && files.values.containsKey(new Trait(VOLUMES_FROM, ""));
        boolean isProxy =
                trait.isEnvironment() && PROXIES.contains(trait.name().toUpperCase(Locale.ROOT));
        return !files.knowsImage
                || GIVEN_BY_THE_ENGINE.contains(trait.kind())
                || isOfOthers
                || isProxy;
    }

    @Override
    public String toString() {
        return "Traits" + values.keySet();
    }
}
