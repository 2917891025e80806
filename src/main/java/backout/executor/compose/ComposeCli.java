package backout.executor.compose;

import backout.docker.TakenPort;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code docker compose} plugin: argument lists, and what they print. It alone knows a
 * service's config hash.
 */
final class ComposeCli {
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    /** More than any project says of itself, and little enough to be held. */
    private static final int MAX_SAID = 32 << 20;

    private static final List<String> ALL = List.of("*");
    static final Path STDIN = Path.of("-");
    private static final JsonMapper JSON = new JsonMapper();

    private final Host host;
    private final String dockerAddress;

    ComposeCli(Host host, String dockerAddress) {
        this.host = host;
        this.dockerAddress = dockerAddress;
    }

    /** The machine that it is asked on. */
    Host host() {
        return host;
    }

    static List<String> base(Project project) {
        var argv = new ArrayList<>(List.of("docker", "compose"));
        if (project.isCompatible()) {
            argv.add("--compatibility");
        }
        argv.addAll(List.of("--project-name", project.name()));
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
     * @param more further options
     */
    static List<String> up(Project project, Duration grace, List<String> with, String... more) {
        var argv = base(project);
        argv.addAll(List.of("up", "--detach", "--no-build", "--pull", "never"));
        // COMPOSE_REMOVE_ORPHANS would take away containers that no plan speaks of
        argv.add("--remove-orphans=false");
        argv.addAll(List.of("--timeout", Long.toString(grace.toSeconds())));
        argv.addAll(List.of(more));
        var services = new ArrayList<>(with);
        services.addFirst(project.service());
        argv.addAll(named(services));
        return argv;
    }

    /** Lines of that machine's shell, as people type them who are at the bot's. */
    List<Phrase> byHand(List<String> lines) {
        return lines.stream().map(host::typed).map(Phrase::verbatim).toList();
    }

    /** As a person types it in any folder: {@code restart}, {@code up --detach}. */
    static String line(Project project, Collection<String> services, String... verb) {
        var argv = base(project);
        argv.addAll(List.of(verb));
        argv.addAll(named(services));
        return Command.typed(argv);
    }

    /** Services as arguments: compose takes one that is called {@code --foo} for an option else. */
    static List<String> named(Collection<String> services) {
        boolean likeOption = services.stream().anyMatch(name -> name.startsWith("-"));
        return Stream.concat(likeOption ? Stream.of("--") : Stream.of(), services.stream())
                .toList();
    }

    /** As a person types it who asks the same engine. */
    String typed(List<String> argv) {
        return "DOCKER_HOST=" + Command.typed(List.of(dockerAddress)) + " " + Command.typed(argv);
    }

    /** The same in the project's folder. */
    String typed(Project project, List<String> argv) {
        Path folder = project.directory();
        return host.exists(folder)
                ? "(cd " + Command.typed(List.of(folder.toString())) + " && " + typed(argv) + ")"
                : typed(argv);
    }

    String version() {
        var argv = List.of("docker", "compose", "version", "--short");
        return succeed(to(Command.of(READ_WITHIN, argv))).stdout().text().strip();
    }

    /**
     * What compose understands of a project, and what it complained of.
     *
     * @param json holds the environment: a secret
     */
    record Config(JsonNode json, ComposeWarnings warnings) {
        @Override
        public String toString() {
            return "Config[***, " + warnings + "]";
        }
    }

    /** The whole project with all profiles. */
    Config config(Project project) {
        return config(project, Map.of(), new byte[0]);
    }

    /**
     * The same with further variables, which win over those of env files.
     *
     * @param stdin what the file {@link #STDIN} holds, where the project has it
     */
    Config config(Project project, Map<String, String> variables, byte[] stdin) {
        var argv = base(project.withProfiles(ALL));
        argv.addAll(List.of("config", "--format", "json"));
        Command command = command(project, READ_WITHIN, argv).with(variables).feeding(stdin);
        Result.Exited result = succeed(command);
        return new Config(json(result), ComposeWarnings.parse(result.stderr().text()));
    }

    /**
     * The project with its variables as they stand in the files, and the paths of its services' env
     * files; empty where this version cannot tell.
     */
    Optional<JsonNode> raw(Project project) {
        var argv = base(project.withProfiles(ALL));
        argv.addAll(List.of("config", "--no-interpolate", "--format", "json"));
        Result result = host.run(command(project, READ_WITHIN, argv));
        return result instanceof Result.Exited exited && exited.isSuccess()
                ? Optional.of(json(exited))
                : Optional.empty();
    }

    /**
     * What {@code up} of these services would do, asked of compose itself; says nothing where this
     * version has no dry run or it came to nothing.
     */
    DryRun dryRun(Project project, Collection<String> services) {
        if (services.isEmpty()) {
            return DryRun.NOTHING;
        }
        var argv = base(project);
        argv.addAll(List.of("--dry-run", "up", "--no-start", "--no-build", "--pull", "never"));
        argv.addAll(named(services));
        Result result = host.run(command(project, READ_WITHIN, argv));
        return DryRun.parse(result.stdout().text() + "\n" + result.stderr().text());
    }

    /**
     * The config hash that {@code up} would write for every service. {@code config --hash} of the
     * files themselves says another one where there is an env_file, or a guest of another service
     * (seen with 2.26).
     *
     * @param config of {@link Model#asMade}
     */
    Map<String, String> hashes(Project project, JsonNode config) {
        var argv = base(project.madeOf(List.of(STDIN)).withProfiles(ALL));
        argv.addAll(List.of("config", "--hash", "*"));
        var hashes = new LinkedHashMap<String, String>();
        byte[] said = config.toString().getBytes(StandardCharsets.UTF_8);
        succeed(command(project, READ_WITHIN, argv).feeding(said))
                .stdout()
                .text()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 2)
                .forEach(words -> hashes.put(words[0], words[1]));
        return hashes;
    }

    /** Throws when it does not end well, with the last lines of what it said. */
    void up(Project project, Duration grace, List<String> with, Duration within, String work) {
        succeed(command(project, within, up(project, grace, with)).partOf(work).outliving());
    }

    /** The service's container alone; its volumes stay. */
    static List<String> remove(Project project) {
        var argv = base(project);
        argv.addAll(List.of("rm", "--stop", "--force"));
        argv.addAll(named(List.of(project.service())));
        return argv;
    }

    void remove(Project project, Duration within, String work) {
        succeed(command(project, within, remove(project)).partOf(work).outliving());
    }

    static List<String> stop(Project project, List<String> services) {
        var argv = base(project);
        argv.add("stop");
        argv.addAll(named(services));
        return argv;
    }

    void stop(Project project, List<String> services, Duration within, String work) {
        succeed(command(project, within, stop(project, services)).partOf(work).outliving());
    }

    /** Every variable that compose sees; files are interpolated with them. */
    Map<String, String> environment(Project project) {
        return host.environment(command(project, READ_WITHIN, List.of("docker")));
    }

    /** It holds values that may be secrets: nothing of it is repeated. */
    private static JsonNode json(Result.Exited result) {
        if (!result.stdout().isWhole() || !result.stderr().isWhole()) {
            throw unreadable(
                    Phrase.of(
                            "what docker compose config says of the project is longer than {0}",
                            Say.bytes(MAX_SAID)));
        }
        try {
            return JSON.readTree(result.stdout().text());
        } catch (JacksonException notJson) {
            throw unreadable(
                    Phrase.of("what docker compose config says of the project cannot be read"));
        }
    }

    private static ProblemException unreadable(Phrase what) {
        return Problem.stop(
                what,
                "docker compose",
                Phrase.of(
                        "make the project smaller: what is in no service, and x- keys most"
                                + " of all; docker compose config shows it"));
    }

    /** As somebody types it in the project's folder. */
    private Command command(Project project, Duration within, List<String> argv) {
        Path folder = project.directory();
        Command command =
                to(Command.of(within, argv))
                        .with(Map.of("PWD", folder.toString()))
                        .keeping(MAX_SAID);
        return host.exists(folder) ? command.in(folder) : command;
    }

    private Command to(Command command) {
        return command.with(Map.of("DOCKER_HOST", dockerAddress));
    }

    private Result.Exited succeed(Command command) {
        Result.Exited result = host.run(command).exited();
        if (!result.isSuccess()) {
            String said = Complaint.of(result.stderr().text());
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
        return result;
    }
}
