package backout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Node of one version for everything that is measured with it: the goals' floors are those of
 * Node 20. Debian's own is older than what &#64;slack/bolt needs, and does not run away from its
 * files.
 */
final class Node {
    private static final String VERSION = "node@20.20.2";
    private static final Path FOLDER = Path.of("target/bench/node").toAbsolutePath();

    private Node() {}

    /** Where it is; installed the first time. */
    static Path program() throws IOException {
        Path program = FOLDER.resolve("node_modules/node/bin/node");
        if (!Files.isExecutable(program)) {
            install(Files.createDirectories(FOLDER), VERSION);
        }
        return program;
    }

    /** Packages of npm below this folder. */
    static void install(Path folder, String... packages) throws IOException {
        var argv = new ArrayList<>(List.of("npm", "install"));
        argv.addAll(List.of("--no-audit", "--no-fund"));
        argv.addAll(List.of(packages));
        var process = new ProcessBuilder(argv).directory(folder.toFile()).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", argv) + " did not work");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while npm installed", e);
        }
    }
}
