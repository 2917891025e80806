package backout.executor.source;

import backout.host.Host;

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
        return manager().isEmpty() || host.isFolder(folder.resolve("node_modules"));
    }

    /** The one that package.json names, else the first whose lock file is there. */
    Optional<Manager> manager() {
        Set<String> names =
                host.list(folder).stream().map(Host.Entry::name).collect(Collectors.toSet());
        if (!names.contains(DESCRIBED)) {
            return Optional.empty();
        }
        List<Manager> fitting = ALL.stream().filter(one -> names.contains(one.lock())).toList();
        String wanted = described(text(host, folder)).path("packageManager").asString("");
        return fitting.stream()
                .filter(one -> wanted.startsWith(one.name() + "@"))
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .map(one -> newYarn(one, wanted));
    }

    /** From its second version on yarn has another word for it. */
    private static Manager newYarn(Manager one, String wanted) {
        return one.name().equals("yarn") && wanted.matches("yarn@[2-9].*")
                ? new Manager("yarn", one.lock(), List.of("yarn", "install", "--immutable"))
                : one;
    }

    private static String text(Host host, Path folder) {
        return host.read(folder.resolve(DESCRIBED), MOST)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** What nobody can read says nothing; whoever installs it will say why. */
    static JsonNode described(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException _) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
