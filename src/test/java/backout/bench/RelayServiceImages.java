package backout.bench;

import backout.fixture.Cli;
import backout.fixture.Engine;
import backout.fixture.Folders;
import backout.fixture.Registry;
import backout.fixture.RelayImages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The two releases of the guide and their Redis, made out of Node and this machine's redis-server,
 * in a registry on the loopback. Closing removes all of it from the engine.
 */
final class RelayServiceImages implements AutoCloseable {
    /** What is broken. */
    static final String NEW = "2.0.0";

    /** What it is rolled back to. */
    static final String OLD = "1.1.174";

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    /** An image in the registry: its name with tag, and its digest, {@code sha256:…}. */
    record Pushed(String name, String digest, String id) {
        String pinned() {
            return name + "@" + digest;
        }
    }

    private final Engine engine = Engine.ofThisMachine();
    private final Registry registry = new Registry(engine);

    String registry() {
        return registry.address();
    }

    /** Of the repository that the guide goes away from. */
    Pushed broken() throws IOException {
        return relay(EmergencyScript.FROM, NEW);
    }

    /** Of the repository that the guide goes back to. */
    Pushed good() throws IOException {
        return relay(EmergencyScript.TO, OLD);
    }

    Pushed redis() {
        try (var images = new RelayImages(engine)) {
            return push(images.redis(), "redis:7");
        }
    }

    private Pushed relay(String repository, String version) throws IOException {
        String made = "backout-bench-" + ProcessHandle.current().pid() + ":" + version;
        Path root = Folders.make("bench-image");
        try {
            fill(root, version);
            Path tar = root.resolveSibling(root.getFileName() + ".tar");
            Cli.here().run("tar", "-cf", tar.toString(), "-C", root.toString(), ".");
            engine.docker(
                    "import",
                    "--change",
                    "CMD [\"/bin/node\", \"/app/relay.js\"]",
                    "--change",
                    "ENV RELAY_RELEASE=" + version,
                    tar.toString(),
                    made);
            Files.delete(tar);
            return push(made, repository + ":latest");
        } finally {
            engine.remove(made);
            Folders.delete(root);
        }
    }

    private static void fill(Path root, String version) throws IOException {
        Path node = Node.program();
        copy(node, root.resolve("bin/node"));
        var libraries = LIBRARY.matcher(Cli.here().run("ldd", node.toString())).results();
        for (var library : libraries.toList()) {
            copy(Path.of(library.group(1)), root.resolve(library.group(1).substring(1)));
        }
        Path app = Files.createDirectories(root.resolve("app"));
        try (var script = RelayServiceImages.class.getResourceAsStream("/bench/relay.js")) {
            Files.write(app.resolve("relay.js"), Objects.requireNonNull(script).readAllBytes());
        }
        Files.writeString(app.resolve("release"), version);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(from.toRealPath(), to);
    }

    private Pushed push(String image, String name) {
        String pinned = registry.push(image, name);
        String full = registry.address() + "/" + name;
        String id = engine.docker("image", "inspect", "--format", "{{.Id}}", full);
        return new Pushed(full, pinned.substring(pinned.indexOf('@') + 1), id);
    }

    /** Away from this machine, with all its names; the registry keeps it. */
    void forget(Pushed image) {
        engine.remove(image.id());
    }

    @Override
    public void close() {
        String all = engine.docker("images", "--no-trunc", "--format", "{{.Repository}} {{.ID}}");
        all.lines()
                .filter(line -> line.startsWith(registry.address() + "/"))
                .map(line -> line.split(" ", -1)[1])
                .distinct()
                .forEach(engine::remove);
        registry.close();
    }
}
