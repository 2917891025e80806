package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Shown;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * The engine's machine.
 *
 * @param architecture as images name it ({@code amd64}), not as the kernel does ({@code x86_64})
 * @param dataRoot where images and volumes are, as in {@code /var/lib/docker}
 */
public record EngineInfo(
        String hostName,
        String version,
        String os,
        String architecture,
        String dataRoot,
        int cpus,
        long memoryBytes,
        int cgroupVersion) {
    private static final Map<String, String> KERNEL_NAMES =
            Map.of("x86_64", "amd64", "aarch64", "arm64", "armv7l", "arm", "i686", "386");

    static EngineInfo of(JsonNode info) {
        var machine = Json.text(info, "Architecture");
        return new EngineInfo(
                Json.text(info, "Name"),
                Json.text(info, "ServerVersion"),
                Json.text(info, "OSType"),
                KERNEL_NAMES.getOrDefault(machine, machine),
                Json.text(info, "DockerRootDir"),
                info.path("NCPU").asInt(0),
                info.path("MemTotal").asLong(0),
                Integer.parseInt(info.path("CgroupVersion").asString("1")));
    }

    /** The clock of that machine. */
    static Instant time(JsonNode info) {
        String said = Json.text(info, "SystemTime");
        try {
            return OffsetDateTime.parse(said).toInstant();
        } catch (DateTimeParseException unreadable) {
            throw Problem.stop(
                    Phrase.of("docker tells a time that cannot be read: {0}", Shown.value(said)),
                    Phrase.of("look at the clock of its machine"));
        }
    }

    /** Whether the image was made for this machine; images that do not say are taken as fitting. */
    public boolean runs(Image image) {
        return fits(image.os(), os) && fits(image.architecture(), architecture);
    }

    private static boolean fits(String wanted, String there) {
        return wanted.isEmpty() || wanted.equals(there);
    }
}
