package backout.target.compose;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** The env files that a service's variables come from, as compose writes them. */
final class EnvFiles {
    private EnvFiles() {}

    /** Those whose path is no longer a matter of variables. */
    static List<String> of(JsonNode service) {
        JsonNode files = service.path("env_file");
        return (files.isArray() ? files.valueStream() : java.util.stream.Stream.of(files))
                .map(file -> file.isObject() ? file.path("path") : file)
                .map(path -> path.asString(""))
                .filter(path -> path.startsWith("/") && !path.contains("$"))
                .toList();
    }
}
