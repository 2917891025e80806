package backout.docker;

import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whoever made a container and would make it anew: a rollback behind its back does not last. */
public record Owner(Host host) {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;
    private static final String COMPOSE = "com.docker.compose.project";

    /** Where an administrator's units are, and those that programs write. */
    private static final List<String> UNITS =
            List.of(
                    "/etc/systemd/system",
                    "/run/systemd/system",
                    "/usr/local/lib/systemd/system",
                    "/usr/lib/systemd/system");

    /** Why it is theirs, and what is said there instead; empty where nobody owns it. */
    public Optional<Problem> of(ContainerSummary container) {
        return byLabel(container).or(() -> unit(container).map(unit -> systemd(container, unit)));
    }

    private static Optional<Problem> byLabel(ContainerSummary container) {
        Map<String, String> labels = container.labels();
        String name = container.name();
        if (labels.containsKey("com.docker.swarm.service.name")) {
            return theirs(
                    name,
                    Phrase.of("service {0} of Swarm", labels.get("com.docker.swarm.service.name")),
                    typed(
                            "docker",
                            "service",
                            "rollback",
                            value(labels, "com.docker.swarm.service.name")));
        }
        if (labels.containsKey(COMPOSE)) {
            return Optional.of(compose(container));
        }
        if (labels.containsKey("io.kubernetes.pod.name")) {
            return theirs(
                    name,
                    Phrase.of("pod {0} of Kubernetes", labels.get("io.kubernetes.pod.name")),
                    "kubectl rollout undo deployment/NAME");
        }
        if (labels.containsKey("com.hashicorp.nomad.alloc_id")) {
            return theirs(name, Phrase.of("a job of Nomad"), "nomad job revert JOB VERSION");
        }
        return Optional.ofNullable(labels.get("PODMAN_SYSTEMD_UNIT"))
                .map(unit -> systemd(container, unit));
    }

    private static String value(Map<String, String> labels, String key) {
        return labels.getOrDefault(key, "");
    }

    private static Optional<Problem> theirs(String name, Phrase whose, String command) {
        return Optional.of(
                new Problem(
                        Phrase.of("it belongs to {0}, which would make it anew", whose),
                        name,
                        Phrase.of("roll it back there: {0}", command)));
    }

    /** Portainer keeps the files of its stacks in its own volume. */
    private static Problem compose(ContainerSummary container) {
        String project = value(container.labels(), COMPOSE);
        String service = value(container.labels(), "com.docker.compose.service");
        String folder = value(container.labels(), "com.docker.compose.project.working_dir");
        if (folder.matches("/data/compose/\\d+.*")) {
            return new Problem(
                    Phrase.of("it belongs to stack {0} of Portainer", project),
                    container.name(),
                    Phrase.of(
                            "in Portainer open the stack {0}, write the image of the release there,"
                                    + " and press Update the stack",
                            project));
        }
        return new Problem(
                Phrase.of("it belongs to service {0} of compose project {1}", service, project),
                container.name(),
                Phrase.of(
                        "give it a target of kind compose with project: {0} and service: {1}, then"
                                + " say: compose NAME. By hand: write the image into the files in"
                                + " {2} and type: {3}",
                        project,
                        service,
                        folder,
                        typed("docker", "compose", "-p", project, "up", "-d", service)));
    }

    private static Problem systemd(ContainerSummary container, String unit) {
        return new Problem(
                Phrase.of("it belongs to the systemd unit {0}, which would make it anew", unit),
                container.name(),
                Phrase.of(
                        "write the image of the release into it: {0}; then type: {1}",
                        typed("systemctl", "edit", "--full", unit),
                        typed("systemctl", "restart", unit)));
    }

    private static String typed(String... argv) {
        return Command.typed(List.of(argv));
    }

    /** The unit whose lines run or start a container of this name. */
    private Optional<String> unit(ContainerSummary container) {
        return candidates().stream()
                .filter(file -> starts(file, container.name()))
                .map(file -> String.valueOf(file.getFileName()))
                .findFirst();
    }

    private List<Path> candidates() {
        var argv =
                new ArrayList<>(
                        List.of("grep", "-rlsE", "--include=*.service", "docker|podman|nerdctl"));
        UNITS.stream().filter(folder -> host.exists(Path.of(folder))).forEach(argv::add);
        if (argv.size() == 4) {
            return List.of();
        }
        // it also ends with 2 where one of the files cannot be read
        return host.run(Command.of(WITHIN, argv))
                .exited()
                .stdout()
                .text()
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    private boolean starts(Path file, String name) {
        return host.read(file, MAX_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> starts(String.valueOf(file.getFileName()), text, name))
                .isPresent();
    }

    /** As in {@code ExecStart=/usr/bin/docker run --rm --name web …}; {@code %n} is the unit. */
    static boolean starts(String file, String text, String name) {
        String unit = file.replaceFirst("\\.service$", "");
        String filled =
                text.replaceAll("\\\\\\R\\s*", " ")
                        .replace("%n", file)
                        .replaceAll("%[pNP]", java.util.regex.Matcher.quoteReplacement(unit));
        String quoted = "[\"']?" + Pattern.quote(name) + "[\"']?";
        var line =
                Pattern.compile(
                        "(?m)^\\s*ExecStart=.*\\b(docker|podman|nerdctl)\\b.*"
                                + "(\\b(run|create)\\b.*--name[= ]"
                                + quoted
                                + "(\\s|$)|\\bstart\\b.*\\s"
                                + quoted
                                + "(\\s|$))");
        return line.matcher(filled).find();
    }
}
