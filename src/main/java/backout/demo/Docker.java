package backout.demo;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The engine that the demo plays on, spoken to through Docker's own command line. */
final class Docker {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final String SOCKET = "unix:///var/run/docker.sock";

    private final Host host;
    private final String address;

    private Docker(Host host, String address) {
        this.host = host;
        this.address = address;
    }

    /** The one that {@code docker} talks to: by DOCKER_HOST, by its context, or by default. */
    static Docker ofThisMachine(Host host, Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_HOST", "");
        return new Docker(host, named.isEmpty() ? ofContext(host) : named);
    }

    private static String ofContext(Host host) {
        if (Programs.find("docker").isEmpty()) {
            return SOCKET;
        }
        var asked =
                host.run(
                        Command.of(
                                QUICK,
                                "docker",
                                "context",
                                "inspect",
                                "--format",
                                "{{.Endpoints.docker.Host}}"));
        return asked instanceof Result.Exited told
                        && told.isSuccess()
                        && !told.stdout().text().isBlank()
                ? told.stdout().text().strip()
                : SOCKET;
    }

    /** As {@code config/backout.yml} takes it. */
    String address() {
        return address;
    }

    /** Whether that is on this machine, where folders can be mounted and ports be reached. */
    boolean isHere() {
        return address.startsWith("unix://")
                || address.matches("tcp://(127\\.0\\.0\\.1|localhost):.*");
    }

    boolean answers() {
        return succeeds("version", "--format", "{{.Server.Version}}");
    }

    boolean hasCompose() {
        return attempt("compose", "version", "--short") instanceof Result.Exited told
                && told.isSuccess()
                && told.stdout().text().strip().matches("v?[2-9].*");
    }

    /** An engine without root: root in its containers is the user who runs it. */
    boolean isRootless() {
        return run("info", "--format", "{{.SecurityOptions}}").contains("name=rootless");
    }

    private boolean succeeds(String... words) {
        return attempt(words) instanceof Result.Exited told && told.isSuccess();
    }

    private Result attempt(String... words) {
        return host.run(command(QUICK, List.of(words)));
    }

    private Command command(Duration within, List<String> words) {
        var argv = Stream.concat(Stream.of("docker"), words.stream()).toList();
        return Command.of(within, argv).with(Map.of("DOCKER_HOST", address));
    }

    /**
     * Runs it and must succeed.
     *
     * @return what it printed, without blanks around it
     * @throws ProblemException with docker's own words; it may or may not have happened
     */
    String run(String... words) {
        return done(command(PATIENCE, List.of(words)));
    }

    /** {@code docker compose} in a project's folder. */
    String compose(Path folder, String... words) {
        var all = Stream.concat(Stream.of("compose"), Stream.of(words)).toList();
        return done(command(PATIENCE, all).in(folder));
    }

    /** Makes an image that carries a label, and with it all containers made of it. */
    void importImage(ImageContent content, String name, String label) {
        var words = new ArrayList<>(List.of("import", "--change", "LABEL " + label));
        content.changes().forEach(change -> words.addAll(List.of("--change", change)));
        words.addAll(List.of("-", name));
        done(command(PATIENCE, words).feeding(content.tar()));
    }

    private String done(Command command) {
        var ended = host.run(command).exited();
        if (!ended.isSuccess()) {
            throw Problem.stop(
                    Phrase.of("{0} did not work: {1}", command.summary(), said(ended)),
                    Phrase.of("Look at the engine with: docker info"));
        }
        return ended.stdout().text().strip();
    }

    private static Phrase said(Result.Exited ended) {
        return ended
                .stderr()
                .text()
                .lines()
                .filter(line -> !line.isBlank())
                .toList()
                .reversed()
                .stream()
                .findFirst()
                .map(Phrase::verbatim)
                .orElseGet(() -> Phrase.of("it ended with {0}", ended.exitCode()));
    }
}
