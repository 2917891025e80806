package backout.docker;

import tools.jackson.databind.JsonNode;

/**
 * When the engine starts a container again by itself.
 *
 * @param name {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure}
 * @param maximumRetries for {@code on-failure}; 0 means without end
 */
public record RestartPolicy(String name, int maximumRetries) {
    public static final RestartPolicy NO = new RestartPolicy("no", 0);

    public RestartPolicy {
        name = name.isEmpty() ? "no" : name;
    }

    static RestartPolicy of(JsonNode hostConfig) {
        var policy = hostConfig.path("RestartPolicy");
        return new RestartPolicy(
                Json.text(policy, "Name"), policy.path("MaximumRetryCount").asInt(0));
    }

    /** Whether the engine starts again whatever ends by itself, however it ends. */
    boolean isForEver() {
        return name.equals("always") || name.equals("unless-stopped");
    }

    JsonNode json() {
        return Json.object().put("Name", name).put("MaximumRetryCount", maximumRetries);
    }

    /** As {@code --restart} takes it. */
    String option() {
        return maximumRetries == 0 ? name : name + ":" + maximumRetries;
    }
}
