package backout.executor.source;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The packages of a release that Node runs: which program installs them, by its lock file. */
record Packages(Host host, Path folder) {
    static final String DESCRIBED = "package.json";
    private static final int MOST = 4 << 20;

    /**
     * A program that keeps to its lock file, or fails.
     *
     * @param lock the file by which it is known
     */
    record Manager(String name, String lock, List<String> install) {}

    private static final List<String> NPM = List.of("npm", "ci", "--no-audit", "--no-fund");

    private static final List<Manager> ALL =
            List.of(
                    new Manager("npm", "package-lock.json", NPM),
                    new Manager("npm", "npm-shrinkwrap.json", NPM),
                    new Manager(
                            "pnpm",
                            "pnpm-lock.yaml",
                            List.of("pnpm", "install", "--frozen-lockfile")),
                    new Manager(
                            "yarn", "yarn.lock", List.of("yarn", "install", "--frozen-lockfile")));

    /** Nothing to install, or it was. */
    boolean areInstalled() {
        return fitting().isEmpty() || host.isFolder(folder.resolve("node_modules"));
    }

    /**
     * The one that package.json names, else the first whose lock file is there.
     *
     * @throws ProblemException when package.json says nothing that can be read
     */
    Optional<Manager> manager() {
        List<Manager> fitting = fitting();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        String wanted =
                described(text(), host.place(folder.resolve(DESCRIBED)))
                        .path("packageManager")
                        .asString("");
        return fitting.stream()
                .filter(one -> wanted.startsWith(one.name() + "@"))
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .map(one -> newYarn(one, wanted));
    }

    private List<Manager> fitting() {
        Set<String> names =
                host.list(folder).stream().map(Host.Entry::name).collect(Collectors.toSet());
        return names.contains(DESCRIBED)
                ? ALL.stream().filter(one -> names.contains(one.lock())).toList()
                : List.of();
    }

    /** From its second version on yarn has another word for it. */
    private static Manager newYarn(Manager one, String wanted) {
        return one.name().equals("yarn") && wanted.matches("yarn@[2-9].*")
                ? new Manager("yarn", one.lock(), List.of("yarn", "install", "--immutable"))
                : one;
    }

    private String text() {
        return host.read(folder.resolve(DESCRIBED), MOST)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /**
     * What it says.
     *
     * @param place of the file, for people
     * @throws ProblemException when it is no object of JSON, as every program that reads it needs
     */
    static JsonNode described(String json, String place) {
        try {
            JsonNode read = JsonMapper.shared().readTree(json);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException _) {
            // said below, as for JSON of another kind
        }
        throw Problem.stop(
                Phrase.of("nothing can read {0}: it is no JSON object", DESCRIBED),
                place,
                Phrase.of(
                        "neither Node nor npm can use it: go back to another release; nothing was"
                                + " touched"));
    }
}
