package backout.executor.dns;

import backout.host.Command;
import backout.host.Host;
import backout.host.LowRoom;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Findings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The standby's compose project, looked at on its machine. A look that could not be made throws a
 * {@link backout.problem.ProblemException}.
 */
record StandbyProject(Host host, Path folder) {
    private static final Duration LOOK = Duration.ofSeconds(20);

    private static final String CONTAINER =
            "{{index .Config.Labels \"com.docker.compose.service\"}} {{index .Config.Labels"
                    + " \"com.docker.compose.config-hash\"}} {{.Image}} {{.Config.Image}}";

    Findings runs() {
        var missing = new TreeSet<>(compose("config", "--services"));
        missing.removeAll(running());
        return missing.isEmpty()
                ? Findings.fine()
                : red(Phrase.of("these of its services do not run: {0}", Phrase.list(missing)));
    }

    private List<String> running() {
        return compose("ps", "--services", "--status", "running");
    }

    /** What is run at one place only would be done twice. */
    Findings alone(List<String> services) {
        var both = new TreeSet<>(services);
        both.retainAll(running());
        return both.isEmpty()
                ? Findings.fine()
                : red(
                        Phrase.of(
                                "these run there too, and do everything twice: {0}",
                                Phrase.list(both)));
    }

    /** Whether a start now would bring what runs: the environment and the images, too. */
    Findings isAsWritten() {
        Map<String, String> written = new HashMap<>();
        compose("config", "--hash", "*").forEach(line -> written.put(word(line, 0), word(line, 1)));
        var changed = new TreeSet<String>();
        var pulled = new TreeSet<String>();
        for (String line : containers()) {
            String service = word(line, 0);
            if (!word(line, 1).equals(written.get(service))) {
                changed.add(service);
            }
            if (!image(word(line, 3)).equals(word(line, 2))) {
                pulled.add(service);
            }
        }
        return told(
                        changed,
                        Phrase.of(
                                "the files say otherwise than what runs: {0}",
                                Phrase.list(changed)))
                .and(
                        told(
                                pulled,
                                Phrase.of(
                                        "another image has its name now: {0}",
                                        Phrase.list(pulled))));
    }

    private static Findings told(TreeSet<String> services, Phrase what) {
        return services.isEmpty() ? Findings.fine() : red(what);
    }

    private List<String> containers() {
        List<String> ids = compose("ps", "--all", "--quiet");
        if (ids.isEmpty()) {
            throw Problem.stop(Phrase.of("it has no containers"), Phrase.NONE);
        }
        var argv = new ArrayList<>(List.of("docker", "inspect", "--format", CONTAINER));
        argv.addAll(ids);
        return lines(argv);
    }

    /** By its ID a container names an image that has no name any more. */
    private String image(String name) {
        return lines(List.of("docker", "image", "inspect", "--format", "{{.Id}}", name)).getFirst();
    }

    private static String word(String line, int at) {
        String[] words = line.split(" ");
        return at < words.length ? words[at] : "";
    }

    Findings room() {
        Findings found = LowRoom.look(host, folder);
        return found.amber().isEmpty() ? found : red(found.amber().getFirst());
    }

    /** The newest of what is in a folder. */
    Findings isYounger(Path data, Duration age, Instant now) {
        Instant newest =
                host.list(data).stream()
                        .map(Host.Entry::modified)
                        .max(Instant::compareTo)
                        .orElseThrow(
                                () -> Problem.stop(Phrase.of("{0} is empty", data), Phrase.NONE));
        return newest.plus(age).isAfter(now)
                ? Findings.fine()
                : red(Phrase.of("the newest in {0} is of {1}", data, newest));
    }

    private List<String> compose(String... words) {
        return lines(Stream.concat(Stream.of("docker", "compose"), Stream.of(words)).toList());
    }

    private List<String> lines(List<String> argv) {
        Result.Exited end = host.run(Command.of(LOOK, argv).in(folder)).exited();
        if (!end.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} ends with {1}: {2}",
                            end.command().summary(), end.exitCode(), end.stderr().text().strip()),
                    host.name(),
                    Phrase.NONE);
        }
        return end.stdout().text().lines().filter(line -> !line.isBlank()).toList();
    }

    static Findings red(Phrase what) {
        return Findings.red(Problem.of(what, Phrase.NONE));
    }
}
