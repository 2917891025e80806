package backout.target.compose;

import backout.docker.TakenPort;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code docker compose} plugin: argument lists, and what they print. It alone knows a
 * service's config hash.
 */
final class ComposeCli {
    /**
     * In the environment of everything that a step starts, so that it can be found after a crash.
     */
    static final String WORK = "BACKOUT_WORK";

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final Host host;
    private final String dockerAddress;

    ComposeCli(Host host, String dockerAddress) {
        this.host = host;
        this.dockerAddress = dockerAddress;
    }

    static List<String> base(Project project) {
        var argv = new ArrayList<>(List.of("docker", "compose", "--project-name", project.name()));
        argv.addAll(List.of("--project-directory", project.directory().toString()));
        project.files().forEach(file -> argv.addAll(List.of("--file", file.toString())));
        project.envFiles().forEach(file -> argv.addAll(List.of("--env-file", file.toString())));
        project.profiles().forEach(profile -> argv.addAll(List.of("--profile", profile)));
        return argv;
    }

    /**
     * The one service, from local images only, nothing built; its dependencies stay as they are
     * unless they drifted.
     *
     * @param with services that are made anew or started again with it
     */
    static List<String> up(Project project, Duration grace, List<String> with) {
        var argv = base(project);
        argv.addAll(List.of("up", "--detach", "--no-build", "--pull", "never"));
        argv.addAll(List.of("--timeout", Long.toString(grace.toSeconds()), project.service()));
        argv.addAll(with);
        return argv;
    }

    /** As a person types it to have this one service. */
    static List<String> up(Project project) {
        var argv = base(project);
        argv.addAll(List.of("up", "--detach", project.service()));
        return argv;
    }

    String version() {
        var argv = List.of("docker", "compose", "version", "--short");
        return run(Command.of(READ_WITHIN, argv)).strip();
    }

    /**
     * The whole project with all profiles, as compose understands it. Holds the environment: a
     * secret.
     */
    JsonNode config(Project project) {
        var argv = base(project.withProfiles(List.of("*")));
        argv.addAll(List.of("config", "--format", "json"));
        return JSON.readTree(run(Command.of(READ_WITHIN, argv)));
    }

    /**
     * The config hash that {@code up} would write for every service. {@code config --hash} of the
     * files themselves says another one where there is an env_file, or a guest of another service
     * (seen with 2.26).
     *
     * @param config of {@link Model#asMade}
     */
    Map<String, String> hashes(Project project, JsonNode config) {
        var argv = new ArrayList<>(List.of("docker", "compose", "--project-name", project.name()));
        argv.addAll(List.of("--project-directory", project.directory().toString()));
        argv.addAll(List.of("--file", "-", "--profile", "*", "config", "--hash", "*"));
        var hashes = new LinkedHashMap<String, String>();
        byte[] said = config.toString().getBytes(StandardCharsets.UTF_8);
        run(Command.of(READ_WITHIN, argv).feeding(said))
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 2)
                .forEach(words -> hashes.put(words[0], words[1]));
        return hashes;
    }

    /** Throws when it does not end well, with the last lines of what it said. */
    void up(Project project, Duration grace, List<String> with, Duration within, String work) {
        run(Command.of(within, up(project, grace, with)).with(Map.of(WORK, work)).outliving());
    }

    /** The service's container alone; its volumes stay. */
    static List<String> remove(Project project) {
        var argv = base(project);
        argv.addAll(List.of("rm", "--stop", "--force", project.service()));
        return argv;
    }

    void remove(Project project, Duration within, String work) {
        run(Command.of(within, remove(project)).with(Map.of(WORK, work)).outliving());
    }

    private String run(Command command) {
        Result.Exited result =
                host.run(command.with(Map.of("DOCKER_HOST", dockerAddress))).exited();
        if (!result.isSuccess()) {
            String said = Redaction.patterns(lastLines(result.stderr().text()));
            Phrase ended =
                    Phrase.of(
                            "{0} ended with {1}: {2}", command.summary(), result.exitCode(), said);
            throw new ProblemException(
                    TakenPort.in(ended, "docker compose")
                            .orElseGet(() ->
                                    new Problem(
                                            ended,
                                            "docker compose",
                                            Phrase.of("run it by hand to see all that it says"))));
        }
        return result.stdout().text();
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
