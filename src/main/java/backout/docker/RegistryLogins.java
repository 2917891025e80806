package backout.docker;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that {@code docker login} left on this host: in its {@code config.json}, or with the
 * credential helper that this file names. Read anew each time; what is read stays in memory.
 */
public final class RegistryLogins {
    /** Docker Hub's logins are kept under its old address. */
    private static final String HUB = "https://index.docker.io/v1/";

    private static final String NONE = "credentials not found";
    private static final int MAX_BYTES = 1 << 20;
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final Host host;
    private final Optional<Path> folder;

    /**
     * @param folder that of docker's {@code config.json}; empty for the one that the docker command
     *     there looks into
     */
    public RegistryLogins(Host host, Optional<Path> folder) {
        this.host = host;
        this.folder = folder;
    }

    private Path file() {
        return folder.orElseGet(() -> folder(host.environment(Command.of(WITHIN, "docker"))))
                .resolve("config.json");
    }

    /** The folder that the docker command itself would look into. */
    public static Path folder(Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_CONFIG", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
        return named.isEmpty() ? Path.of(home, ".docker") : Path.of(named);
    }

    /**
     * @param registry its host, as {@link ImageName#registry} has it
     * @return empty where nobody has logged in
     * @throws ProblemException when the file or the helper cannot be read
     */
    public Optional<RegistryLogin> of(String registry) {
        String server = registry.equals("docker.io") ? HUB : registry;
        JsonNode config = config();
        String helper =
                config.path("credHelpers")
                        .path(server)
                        .asString(config.path("credsStore").asString(""));
        return helper.isEmpty() ? kept(config.path("auths"), server) : asked(helper, server);
    }

    private JsonNode config() {
        String text =
                host.read(file(), MAX_BYTES)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("{}");
        try {
            return Json.parse(text);
        } catch (JacksonException e) {
            throw unreadable(Phrase.of("docker's config.json on this host is no JSON"));
        }
    }

    private Optional<RegistryLogin> kept(JsonNode auths, String server) {
        return auths.properties().stream()
                .filter(entry ->
                        entry.getKey().equals(server) || hostname(entry.getKey()).equals(server))
                .map(Map.Entry::getValue)
                .flatMap(entry -> login(server, entry).stream())
                .findFirst();
    }

    private static String hostname(String key) {
        return key.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    }

    private Optional<RegistryLogin> login(String server, JsonNode entry) {
        String token = Json.text(entry, "identitytoken");
        String[] pair = decoded(Json.text(entry, "auth")).split(":", 2);
        if (pair.length < 2) {
            return token.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RegistryLogin(server, "", "", token));
        }
        return Optional.of(new RegistryLogin(server, pair[0], pair[1], token));
    }

    private String decoded(String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(Phrase.of("a login in docker's config.json cannot be read"));
        }
    }

    /** The server goes in by the helper's standard input, the secret comes out by its output. */
    private Optional<RegistryLogin> asked(String helper, String server) {
        if (!helper.matches("[A-Za-z0-9._-]+")) {
            throw unreadable(Phrase.of("docker's config.json names a helper of no such name"));
        }
        String program = "docker-credential-" + helper;
        Result.Exited result =
                host.run(
                                Command.of(WITHIN, program, "get")
                                        .feeding(server.getBytes(StandardCharsets.UTF_8)))
                        .exited();
        if (!result.isSuccess()) {
            if (result.stdout().text().contains(NONE)) {
                return Optional.empty();
            }
            throw unreadable(
                    Phrase.of(
                            "{0} did not give the login of {1}: it ended with {2}",
                            program, server, result.exitCode()));
        }
        return told(program, server, result.stdout().text());
    }

    private Optional<RegistryLogin> told(String program, String server, String text) {
        try {
            JsonNode login = Json.parse(text);
            String user = Json.text(login, "Username");
            String secret = Json.text(login, "Secret");
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    user.equals("<token>")
                            ? new RegistryLogin(server, "", "", secret)
                            : new RegistryLogin(server, user, secret));
        } catch (JacksonException e) {
            throw unreadable(Phrase.of("{0} answered something else than a login", program));
        }
    }

    private ProblemException unreadable(Phrase what) {
        return Problem.stop(
                what,
                file().toString(),
                Phrase.of("mend it with docker login, as the user that the bot runs as"));
    }
}
