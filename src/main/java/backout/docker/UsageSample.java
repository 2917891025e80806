package backout.docker;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a container has used at one moment; the share of the CPU needs two of them.
 *
 * @param cpuNanos CPU time of the container since its start
 * @param systemNanos CPU time of the whole machine
 * @param memoryBytes without the page cache that the kernel can take back at once
 * @param memoryLimitBytes the container's limit, or the machine's memory
 */
public record UsageSample(
        long cpuNanos, long systemNanos, int cpus, long memoryBytes, long memoryLimitBytes) {
    /** Empty for a container that does not run: the engine answers zeros then. */
    static Optional<UsageSample> of(JsonNode stats) {
        var cpu = stats.path("cpu_stats");
        var memory = stats.path("memory_stats");
        if (!cpu.has("system_cpu_usage") || !memory.has("usage")) {
            return Optional.empty();
        }
        return Optional.of(
                new UsageSample(
                        cpu.path("cpu_usage").path("total_usage").asLong(0),
                        cpu.path("system_cpu_usage").asLong(0),
                        cpus(cpu),
                        used(memory),
                        memory.path("limit").asLong(0)));
    }

    /**
     * Percent of one CPU between an earlier sample and this one: 200 is two full CPUs. Empty when
     * no time passed or the container was restarted in between.
     */
    public OptionalDouble cpuPercentSince(UsageSample earlier) {
        var cpu = cpuNanos - earlier.cpuNanos;
        var system = systemNanos - earlier.systemNanos;
        return cpu < 0 || system <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * cpu / system * cpus);
    }

    private static int cpus(JsonNode cpu) {
        var online = cpu.path("online_cpus").asInt(0);
        return online > 0 ? online : Math.max(1, cpu.path("cpu_usage").path("percpu_usage").size());
    }

    /**
     * cgroup v1 says {@code total_inactive_file} and its own {@code inactive_file}, v2 the latter
     * only.
     */
    private static long used(JsonNode memory) {
        var usage = memory.path("usage").asLong(0);
        var detail = memory.path("stats");
        var cache =
                detail.has("total_inactive_file")
                        ? detail.path("total_inactive_file").asLong(0)
                        : detail.path("inactive_file").asLong(0);
        return cache < usage ? usage - cache : usage;
    }
}
