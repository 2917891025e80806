package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to make a container that is like another one but for its image.
 *
 * @param body of the create request. It holds the environment: a secret
 * @param connects networks to be joined after the creation, for an engine that takes only one at
 *     create
 */
record Recipe(ObjectNode body, Map<String, JsonNode> connects) {
    /** A label of every container that was made by an exchange: which one. */
    static final String OP = "backout.op";

    Recipe {
        connects = Map.copyOf(connects);
    }

    /**
     * The recipe.
     *
     * @param inspected the old container
     * @param imageConfig of the image that the old container was made from: its defaults must not
     *     be carried over
     */
    static Recipe of(JsonNode inspected, JsonNode imageConfig, SwapOrder order, ApiVersion api) {
        var body = RecipeConfig.of(inspected, imageConfig, order.own());
        body.put("Image", order.imageName());
        var labels = body.withObjectProperty("Labels");
        order.labels().forEach(labels::put);
        labels.put(OP, order.op());

        var host = (ObjectNode) inspected.path("HostConfig").deepCopy();
        RecipeMounts.carry(inspected, host, body);
        exposePublished(host, body);
        var networks = RecipeNetworks.of(inspected, host, body, api);
        body.set("HostConfig", host);

        var endpoints = Json.object();
        var connects = new LinkedHashMap<String, JsonNode>();
        networks.forEach((name, endpoint) -> {
            if (endpoints.isEmpty() || api.isAtLeast(ApiVersion.MANY_ENDPOINTS)) {
                endpoints.set(name, endpoint);
            } else {
                connects.put(name, endpoint);
            }
        });
        body.set("NetworkingConfig", Json.object().set("EndpointsConfig", endpoints));
        return new Recipe(body, connects);
    }

    /** A published port is exposed even where only the old image exposed it. */
    private static void exposePublished(ObjectNode host, ObjectNode body) {
        var exposed = body.withObjectProperty("ExposedPorts");
        for (var port : host.path("PortBindings").propertyNames()) {
            exposed.set(port, Json.object());
        }
        // Some engines leave "/tcp" without a number behind, which create refuses.
        Json.removeIf(exposed, (port, _) -> port.startsWith("/"));
    }

    void restartPolicy(RestartPolicy policy) {
        body.withObjectProperty("HostConfig").set("RestartPolicy", policy.json());
    }

    @Override
    public String toString() {
        return "Recipe[***]";
    }
}
