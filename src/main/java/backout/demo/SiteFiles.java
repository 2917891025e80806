package backout.demo;

import backout.language.Language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The files of the demo's site: {@code config/} for the bot, and the compose project in a folder
 * named like the project.
 */
final class SiteFiles {
    /** Short enough to be waited for: checks that hold this long make a release good. */
    private static final String GOOD_AFTER = "3s";

    /** Long enough to read the card. */
    private static final String ALONE =
            "    automatic: countdown 15s\n    watch: {unwell-for: 5s}\n";

    private static final String SOAK = "5s";

    private final Path root;
    private final String name;

    /** Makes the folder, for this user alone; it must not be there. */
    SiteFiles(Path temporary, String name) throws IOException {
        this.name = name;
        var mine =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        root = Files.createDirectory(temporary.resolve(name), mine);
    }

    Path root() {
        return root;
    }

    Path config() {
        return root.resolve("config");
    }

    /** The compose project's. */
    Path project() {
        return root.resolve(name);
    }

    /** {@code UID:GID} of who plays. */
    String user() throws IOException {
        return Files.getAttribute(root, "unix:uid") + ":" + Files.getAttribute(root, "unix:gid");
    }

    void writeProject(RelayProject project) throws IOException {
        for (var folder : new String[] {"data", "logs", "redis_data"}) {
            Files.createDirectories(project().resolve(folder));
        }
        String key = "cr_" + UUID.randomUUID();
        write("api-key", key + "\n");
        write(name + "/.env", "JWT_SECRET=%s\nAPI_KEY=%s\n".formatted(UUID.randomUUID(), key));
        write(name + "/docker-compose.yml", project.text());
    }

    /** Edits the release in the compose file, as a deploy does. */
    void deploy(String from, String to) throws IOException {
        Path file = project().resolve("docker-compose.yml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    /**
     * What the bot reads.
     *
     * @param repository of the releases' images
     * @param automatic whether the bot rolls back by itself
     */
    void writeConfig(
            Language language,
            String engine,
            RelayProject project,
            String repository,
            boolean automatic)
            throws IOException {
        write(
                "config/backout.yml",
                "language: %s\nstore:\n  dir: %s\ndocker:\n  address: %s\n"
                        .formatted(language.code(), root.resolve("var"), engine));
        write(
                "config/people.yml",
                """
                people:
                  li: {level: L1}
                  anna: {level: L2}
                  ben: {level: L2}
                  dora: {level: L3}
                """);
        write(
                "config/approvals.yml",
                """
                policies:
                  production: {votes: 1, from: L2}
                """);
        write("config/targets.yml", targets(project, repository) + (automatic ? ALONE : ""));
    }

    private String targets(RelayProject project, String repository) {
        return """
        targets:
          compose/claude-relay:
            policy: production
            good-after: %s
            soak: %s
            checks:
              - GET {url}/health [BODY].components.redis.status == healthy within 60s
              - GET {url}/web [STATUS] == 200
              - GET {url}/api/v1/models as {api-key} [STATUS] == 200
            project: %s
            service: claude-relay
            url: http://%s:%d
            images: [%s]
            secrets:
              api-key: file:%s
            redis:
              address: %s:%d
              service: redis
        """
                .formatted(
                        GOOD_AFTER,
                        SOAK,
                        name,
                        project.host(),
                        project.port(),
                        repository,
                        root.resolve("api-key"),
                        project.host(),
                        project.redisPort());
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
