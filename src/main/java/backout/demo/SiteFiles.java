package backout.demo;

import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of the demo's site: {@code config/} for the bot, the compose project in a folder named
 * like the project, what the single container writes, and the git checkout.
 */
final class SiteFiles {
    /** What the service writes into. */
    static final List<String> FOLDERS = List.of("data", "logs");

    /** Short enough to be waited for: checks that hold this long make a release good. */
    private static final String GOOD_AFTER = "3s";

    /** Long enough to read the card. */
    private static final String ALONE = "automatic: countdown 15s\nwatch: {unwell-for: 5s}\n";

    private static final String SOAK = "3s";

    private final Path root;
    private final String name;

    /** Makes the folder, for this user alone; it must not be there. */
    SiteFiles(Path temporary, String name) throws IOException {
        this.name = name;
        var mine =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        root = Files.createDirectory(temporary.resolve(name), mine);
    }

    /** Something that writes files. */
    interface Writing<T> {
        T write() throws IOException;
    }

    /**
     * @throws ProblemException when they cannot be written
     */
    static <T> T writing(Writing<T> what) {
        try {
            return what.write();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            Phrase.of(
                                    "the files of the demo's site could not be written: {0}",
                                    Cause.of(e)),
                            Phrase.of(
                                    "Check the room and the rights of the temporary folder, or set"
                                            + " TMPDIR to another")));
        }
    }

    Path root() {
        return root;
    }

    /** Of its owner. */
    String name() {
        return name;
    }

    Path config() {
        return root.resolve("config");
    }

    /** The compose project's. */
    Path project() {
        return root.resolve(name);
    }

    /** The single container's. */
    Path alone() {
        return root.resolve("relay-alone");
    }

    /** Where the service runs from source. */
    Path checkout() {
        return root.resolve("relay-git");
    }

    Path apiKey() {
        return root.resolve("api-key");
    }

    /** {@code UID:GID} of who plays. */
    String user() throws IOException {
        return Files.getAttribute(root, "unix:uid") + ":" + Files.getAttribute(root, "unix:gid");
    }

    /** And the folders of the single container. */
    void writeProject(RelayProject project) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(project().resolve(folder));
            Files.createDirectories(alone().resolve(folder));
        }
        Files.createDirectories(project().resolve("redis_data"));
        String key = "cr_" + UUID.randomUUID();
        write(apiKey(), key + "\n");
        write(
                project().resolve(".env"),
                "JWT_SECRET=%s\nAPI_KEY=%s\n".formatted(UUID.randomUUID(), key));
        write(project().resolve("docker-compose.yml"), project.text());
    }

    /** Edits the release in the compose file, as a deploy does. */
    Path deploy(String from, String to) throws IOException {
        Path file = project().resolve("docker-compose.yml");
        return Files.writeString(file, Files.readString(file).replace(from, to));
    }

    /** The good release, with nothing committed yet. */
    void writeCheckout() throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(checkout().resolve(folder));
        }
        write(checkout().resolve(".gitignore"), ".env\ndata/\nlogs/\nnode_modules/\n");
        write(checkout().resolve(".env"), "JWT_SECRET=%s\n".formatted(UUID.randomUUID()));
        write(checkout().resolve("src/app.js"), app());
        describe(Images.GOOD, "good");
    }

    private static String app() throws IOException {
        try (var stream = SiteFiles.class.getResourceAsStream("relay/app.js")) {
            return new String(
                    Objects.requireNonNull(stream, "app.js").readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    /**
     * Says which release is checked out.
     *
     * @param behaviour what is wrong with it, as {@code relay/app.js} knows it; {@code good} for
     *     nothing
     */
    Path describe(String version, String behaviour) throws IOException {
        return write(
                checkout().resolve("package.json"),
                """
                {"name": "claude-relay", "version": "%s", "private": true, "behaviour": "%s"}
                """
                        .formatted(version, behaviour));
    }

    /**
     * What the bot reads.
     *
     * @param engine its address
     * @param automatic whether the bot rolls back by itself
     */
    void writeConfig(Language language, Optional<String> engine, List<Way> ways, boolean automatic)
            throws IOException {
        write(
                config().resolve("backout.yml"),
                "language: %s\nstore:\n  dir: %s\n".formatted(language.code(), root.resolve("var"))
                        + engine.map("docker:\n  address: %s\n"::formatted).orElse(""));
        write(
                config().resolve("people.yml"),
                """
                people:
                  li: {level: L1}
                  anna: {level: L2}
                  ben: {level: L2}
                  dora: {level: L3}
                """);
        write(
                config().resolve("approvals.yml"),
                """
                policies:
                  production: {votes: 1, from: L2}
                """);
        var targets = new StringBuilder("targets:\n");
        for (Way way : ways) {
            targets.append("  ").append(way.target()).append(":\n");
            targets.append(target(way, automatic).indent(4));
        }
        write(config().resolve("targets.yml"), targets.toString());
    }

    private static String target(Way way, boolean automatic) {
        return "policy: production\ngood-after: %s\nsoak: %s\n".formatted(GOOD_AFTER, SOAK)
                + way.settings()
                + (automatic ? ALONE : "");
    }

    private static Path write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
