package backout.docker;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a container is, at one moment.
 *
 * @param imageId the identity of what runs, {@code sha256:…}
 * @param image as it was asked for when the container was made
 * @param isRunning true also while the engine waits to restart it: see {@code isRestarting}
 * @param startedAt empty when it was never started
 * @param exitCode of its last end; 0 while it runs
 * @param health the state that its health check gave it, as docker names it; empty without one
 * @param memoryLimitBytes empty when it has none
 */
public record ContainerState(
        String id,
        String name,
        String imageId,
        String image,
        boolean isRunning,
        boolean isPaused,
        boolean isRestarting,
        int restartCount,
        Optional<Instant> startedAt,
        int exitCode,
        boolean wasOutOfMemory,
        Optional<String> health,
        OptionalLong memoryLimitBytes,
        RestartPolicy restartPolicy,
        Map<String, String> labels) {
    private static final int HOPELESS_RESTARTS = 3;

    /** Ctrl-C, kill and SIGTERM, as a shell counts them. */
    private static final Set<Integer> SIGNALLED = Set.of(130, 137, 143);

    public ContainerState {
        labels = Map.copyOf(labels);
    }

    static ContainerState of(JsonNode inspected) {
        var state = inspected.path("State");
        var limit = inspected.path("HostConfig").path("Memory").asLong(0);
        var health = Json.text(state.path("Health"), "Status");
        return new ContainerState(
                Json.text(inspected, "Id"),
                Json.text(inspected, "Name").replaceFirst("^/", ""),
                Json.text(inspected, "Image"),
                Json.text(inspected.path("Config"), "Image"),
                state.path("Running").asBoolean(false),
                state.path("Paused").asBoolean(false),
                state.path("Restarting").asBoolean(false),
                inspected.path("RestartCount").asInt(0),
                instant(Json.text(state, "StartedAt")),
                state.path("ExitCode").asInt(0),
                state.path("OOMKilled").asBoolean(false),
                health.isEmpty() || health.equals("none") ? Optional.empty() : Optional.of(health),
                limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty(),
                RestartPolicy.of(inspected.path("HostConfig")),
                Json.map(inspected.path("Config").path("Labels")));
    }

    /** Whether waiting for it is in vain: it is over, or crashed so often. */
    public boolean isHopeless() {
        boolean isOver = !isRunning && !isRestarting && startedAt.isPresent();
        return isOver || restartCount >= HOPELESS_RESTARTS;
    }

    /**
     * Whether somebody stopped it, as far as the engine lets that be seen: it ended by a signal, or
     * in spite of a policy by which the engine starts again whatever ends by itself.
     */
    public boolean wasStopped() {
        boolean isOver = !isRunning && !isRestarting && startedAt.isPresent();
        return isOver
                && !wasOutOfMemory
                && (SIGNALLED.contains(exitCode) || restartPolicy.isForEver());
    }

    /** Docker writes "never" as the first day of year 1. */
    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() || text.startsWith("0001-")
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
