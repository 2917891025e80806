package backout.demo;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code docker import} makes an image of: one layer and a few Dockerfile instructions.
 * Nothing is pulled: the layers hold this machine's own busybox and redis-server.
 */
public final class ImageContent {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    /** As in the official image: Redis listens to its network, which is the container's. */
    private static final String REDIS_START =
            """
            #!/bin/busybox sh
            [ "$1" = redis-server ] && exec "$@" --protected-mode no
            exec "$@"
            """;

    private final byte[] tar;
    private final List<String> changes;

    private ImageContent(Layer layer, String... changes) {
        this.tar = layer.tar();
        this.changes = List.of(changes);
    }

    /** The whole file system. */
    public byte[] tar() {
        return tar.clone();
    }

    /** Dockerfile instructions, such as {@code CMD ["/app/start"]}. */
    public List<String> changes() {
        return changes;
    }

    /**
     * A release of the stand-in for claude-relay-service.
     *
     * @param behaviour what is wrong with it, as {@code relay/start} and {@code relay/answer} know
     *     it; {@code good} for nothing
     */
    public static ImageContent relay(Path busybox, String version, String behaviour) {
        var layer =
                shell(busybox)
                        .file("app/start", resource("start"))
                        .file("app/answer", resource("answer"))
                        .file(
                                "app/release",
                                "version=%s\nbehaviour=%s\n".formatted(version, behaviour));
        return new ImageContent(
                layer,
                "CMD [\"/app/start\"]",
                "WORKDIR /app",
                "EXPOSE 3000",
                "ENV RELAY_RELEASE=" + version);
    }

    /**
     * Redis as this machine has it, with the libraries that it needs, working in {@code /data}.
     *
     * @throws ProblemException when its libraries cannot be found out
     */
    public static ImageContent redis(Host host, Path busybox, Path server, Path client) {
        var layer = shell(busybox).file("bin/entrypoint", REDIS_START);
        layer.copy("bin/redis-server", server).copy("bin/redis-cli", client);
        Stream.of(server, client)
                .flatMap(program -> libraries(host, program))
                .forEach(library -> layer.copy(library.substring(1), Path.of(library)));
        return new ImageContent(
                layer,
                "ENTRYPOINT [\"/bin/entrypoint\"]",
                "CMD [\"redis-server\"]",
                "WORKDIR /data",
                "EXPOSE 6379",
                "VOLUME /data");
    }

    private static Stream<String> libraries(Host host, Path program) {
        var asked = host.run(Command.of(PATIENCE, "ldd", program.toString())).exited();
        if (!asked.isSuccess()) {
            throw Problem.stop(
                    Phrase.of("ldd cannot tell which libraries {0} needs", program),
                    Phrase.of("Install redis-server from your system's packages"));
        }
        return LIBRARY.matcher(asked.stdout().text()).results().map(found -> found.group(1));
    }

    private static Layer shell(Path busybox) {
        return new Layer().copy("bin/busybox", busybox).link("bin/sh", "busybox");
    }

    private static String resource(String name) {
        try (var stream = ImageContent.class.getResourceAsStream("relay/" + name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
