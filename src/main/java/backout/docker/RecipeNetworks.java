package backout.docker;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The networks of a container: its names and fixed addresses in each, without what the engine gave
 * it by itself.
 */
final class RecipeNetworks {
    private static final ApiVersion GATEWAY_PRIORITY = new ApiVersion(1, 48);

    private RecipeNetworks() {}

    /**
     * Endpoints to ask for, the main network first; empty where the network mode says all. Corrects
     * both bodies.
     */
    static SequencedMap<String, JsonNode> of(
            JsonNode inspected, ObjectNode host, ObjectNode body, ApiVersion api) {
        links(host);
        var mode = Json.text(host, "NetworkMode");
        if (mode.startsWith("container:") || Json.text(host, "UTSMode").equals("host")) {
            body.remove(List.of("Hostname", "Domainname"));
        }
        if (mode.startsWith("container:") || mode.equals("host") || mode.equals("none")) {
            body.remove("MacAddress");
            if (mode.startsWith("container:")) {
                body.remove("ExposedPorts");
            }
            return new LinkedHashMap<>();
        }
        return joined(inspected, host, body, api);
    }

    private static SequencedMap<String, JsonNode> joined(
            JsonNode inspected, ObjectNode host, ObjectNode body, ApiVersion api) {
        var id = Json.text(inspected, "Id");
        var endpoints = new LinkedHashMap<String, JsonNode>();
        var found = inspected.path("NetworkSettings").path("Networks");
        found.properties()
                .forEach(n ->
                        endpoints.put(n.getKey(), endpoint(n.getKey(), n.getValue(), id, api)));
        if (endpoints.isEmpty()) {
            return endpoints;
        }
        var main = main(found, Json.text(host, "NetworkMode"));
        if (main.isEmpty()) {
            // It was disconnected from the network it was made in.
            main = endpoints.firstEntry().getKey();
            host.put("NetworkMode", main);
        }
        var endpoint = requireNonNull(endpoints.remove(main));
        macAddress(body, (ObjectNode) endpoint, api);
        endpoints.putFirst(main, endpoint);
        return endpoints;
    }

    /** Network modes name a network by its name or its id; {@code default} is the bridge. */
    private static String main(JsonNode found, String mode) {
        var wanted = mode.equals("default") || mode.isEmpty() ? "bridge" : mode;
        return found.properties().stream()
                .filter(n ->
                        n.getKey().equals(wanted)
                                || Json.text(n.getValue(), "NetworkID").equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static JsonNode endpoint(String name, JsonNode joined, String id, ApiVersion api) {
        var endpoint = Json.object();
        copy(joined, endpoint, "DriverOpts");
        if (api.isAtLeast(GATEWAY_PRIORITY)) {
            copy(joined, endpoint, "GwPriority");
        }
        // The default bridge knows neither names nor fixed addresses, and refuses both.
        if (!name.equals("bridge")) {
            copy(joined, endpoint, "IPAMConfig");
            copy(joined, endpoint, "Links");
            endpoint.set("Aliases", aliases(joined.path("Aliases"), id));
        }
        return endpoint;
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        var value = from.path(field);
        if (!value.isMissingNode() && !value.isNull()) {
            to.set(field, value.deepCopy());
        }
    }

    /** Before API 1.44 the engine adds the short id by itself. */
    private static ArrayNode aliases(JsonNode aliases, String id) {
        return Json.array(
                Json.texts(aliases).stream()
                        .filter(alias -> !(alias.length() >= 12 && id.startsWith(alias)))
                        .toList());
    }

    /** Only an address that the user chose stands in the container's own configuration. */
    private static void macAddress(ObjectNode body, ObjectNode main, ApiVersion api) {
        var chosen = Json.text(body, "MacAddress");
        if (chosen.isEmpty()) {
            body.remove("MacAddress");
        } else if (api.isAtLeast(ApiVersion.MANY_ENDPOINTS)) {
            body.remove("MacAddress");
            main.put("MacAddress", chosen);
        }
    }

    /** Told as {@code /redis:/web/cache}, asked for as {@code redis:cache}. */
    private static void links(ObjectNode host) {
        if (host.path("Links") instanceof ArrayNode told && !told.isEmpty()) {
            host.set(
                    "Links",
                    Json.array(Json.texts(told).stream().map(RecipeNetworks::link).toList()));
        }
    }

    private static String link(String told) {
        var colon = told.indexOf(':');
        if (colon < 0) {
            return told;
        }
        var alias = told.substring(colon + 1);
        return told.substring(0, colon).replaceFirst("^/", "")
                + ":"
                + alias.substring(alias.lastIndexOf('/') + 1);
    }
}
