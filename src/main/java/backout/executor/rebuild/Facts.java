package backout.executor.rebuild;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a machine is and what of a project is there, at one moment.
 *
 * @param lines a word and a value each, as {@code facts.sh} prints them
 */
record Facts(List<String> lines) {
    private static final long KIB = 1024;

    Facts {
        lines = List.copyOf(lines);
    }

    /** Looks at the machine itself. */
    static Facts of(Root root, String project, String folder, List<String> names) {
        var arguments = Stream.concat(Stream.of(project, folder), names.stream()).toList();
        return new Facts(root.ask(Remote.FACTS, arguments).lines().toList());
    }

    private List<String> all(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1).strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private Optional<String> one(String word) {
        return all(word).stream().findFirst();
    }

    String system() {
        return one("system").orElse("");
    }

    /** As images name it: {@code amd64}. */
    String architecture() {
        String machine = one("architecture").orElse("");
        return switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armv7l", "armv6l" -> "arm";
            default -> machine;
        };
    }

    /** Bytes. */
    long memory() {
        return one("memory").map(Long::parseLong).orElse(0L) * KIB;
    }

    Instant clock() {
        return Instant.ofEpochSecond(one("clock").map(Long::parseLong).orElse(0L));
    }

    /** The program that installs packages, of those that are known. */
    Optional<String> packages() {
        return one("packages");
    }

    boolean hasSystemd() {
        return one("systemd").isPresent();
    }

    /** The engine's version; empty where there is none. */
    Optional<String> docker() {
        return one("docker");
    }

    /** Whether there is an engine that does not answer. */
    boolean isSilent() {
        return docker().filter("silent"::equals).isPresent();
    }

    /** Whether what answers to the name is not the engine: {@code podman} or {@code snap}. */
    Optional<String> substitute() {
        return docker().filter(Set.of("podman", "snap")::contains);
    }

    /** Where the engine keeps its images, if there is one. */
    Optional<String> data() {
        return one("data");
    }

    boolean hasSelinux() {
        return one("selinux").isPresent();
    }

    Optional<String> compose() {
        return one("compose");
    }

    boolean lacksDocker() {
        return docker().isEmpty() || compose().isEmpty();
    }

    List<String> containers() {
        return all("container");
    }

    List<String> volumes() {
        return all("volume");
    }

    /** SHA-256 of the files that are there, by name. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        all("file").forEach(line -> files.put(line.substring(65), line.substring(0, 64)));
        return files;
    }

    /** Folders that are not there, the innermost first. */
    List<String> missing() {
        return all("missing");
    }
}
