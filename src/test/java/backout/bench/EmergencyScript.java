package backout.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The script that the guide gives for emergencies, as it stands there but for the names. */
final class EmergencyScript {
    /** What it goes away from; the guide's name, without a registry. */
    static final String FROM = "wangxiaobo775/claude-relay-service";

    /** What it goes back to. */
    static final String TO = "weishaw/claude-relay-service";

    private static final String URL = "http://localhost:3000";

    private EmergencyScript() {}

    /**
     * @param registry holds both images
     * @param url where the service answers
     */
    static String text(String registry, String url) {
        try (var script =
                EmergencyScript.class.getResourceAsStream("/bench/emergency-rollback.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
                    .replace(FROM, registry + "/" + FROM)
                    .replace(TO, registry + "/" + TO)
                    .replace(URL, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins in the project's folder, where it is put first. */
    static Process start(Path project, String text) throws IOException {
        Path file = Files.writeString(project.resolve("emergency-rollback.sh"), text);
        return new ProcessBuilder("bash", file.toString())
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("emergency-rollback.log").toFile())
                .start();
    }
}
