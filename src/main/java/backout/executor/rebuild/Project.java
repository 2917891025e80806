package backout.executor.rebuild;

import backout.host.PerHost;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.problem.Problem;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A compose project as its target describes it, wherever it is or will be. */
record Project(Target target) {
    private Settings settings() {
        return target.settings();
    }

    String folder() {
        return Path.of(settings().text("folder")).normalize().toString();
    }

    /** Said with each command, so that no generation of compose makes up another. */
    String name() {
        return settings()
                .textIfAny("project")
                .orElseGet(() ->
                        String.valueOf(Path.of(folder()).getFileName())
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9_-]", ""));
    }

    String service() {
        return settings().text("service");
    }

    String image() {
        return settings().text("image");
    }

    String file() {
        return settings().text("compose");
    }

    List<String> files() {
        return settings().texts("files");
    }

    List<Integer> ports() {
        return settings().texts("ports").stream().map(Project::port).toList();
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw Problem.stop(
                    Phrase.of("ports: {0} is no number of a port", text),
                    Phrase.of("write there what the machine publishes, as 8080"));
        }
        return Integer.parseInt(text);
    }

    /** What each of its steps carries, to go on without the configuration. */
    Map<String, String> said() {
        var said = new LinkedHashMap<>(PerHost.with(target));
        said.put("folder", folder());
        said.put("project", name());
        said.put("service", service());
        said.put("compose", file());
        said.put("within", settings().duration("within").toString());
        return said;
    }
}
