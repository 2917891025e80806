package backout.executor.compose.file;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables for {@code ${…}}: the shell wins over env files, a later env file over an earlier
 * one.
 */
final class Environment {
    private static final String PROJECT = "COMPOSE_PROJECT_NAME";

    private final Map<String, Variable> variables;
    private final @Nullable Environment fallback;

    private Environment(Map<String, Variable> variables, @Nullable Environment fallback) {
        this.variables = variables;
        this.fallback = fallback;
    }

    static Environment of(Map<String, String> shell, String project, List<SourceFile> envFiles) {
        var variables = new HashMap<String, Variable>();
        shell.forEach((name, value) ->
                variables.put(name, new Variable(name, value, new Variable.Origin.Shell())));
        var environment = new Environment(variables, null).withFiles(envFiles);
        environment.variables.putIfAbsent(
                PROJECT, new Variable(PROJECT, project, new Variable.Origin.Project()));
        return environment;
    }

    /** What an included project sees: what we have wins over its env files. */
    Environment withFiles(List<SourceFile> envFiles) {
        var fromFiles = new HashMap<String, Variable>();
        for (var file : envFiles) {
            var lookup = new Environment(variables, new Environment(fromFiles, null));
            fromFiles.putAll(EnvFile.read(file, lookup));
        }
        var all = new HashMap<>(fromFiles);
        all.putAll(variables);
        return new Environment(all, null);
    }

    /** These, and where they have none, those of the map, which may still grow. */
    Environment orElse(Map<String, Variable> others) {
        var last = new Environment(others, null);
        return new Environment(variables, fallback == null ? last : fallback.orElse(others));
    }

    Variable variable(String name) {
        var found = variables.get(name);
        if (found != null) {
            return found;
        }
        return fallback != null
                ? fallback.variable(name)
                : new Variable(name, "", new Variable.Origin.Unset());
    }

    @Override
    public String toString() {
        return variables.size() + " variables";
    }
}
