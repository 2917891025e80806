package backout.docker;

import backout.host.Command;
import backout.problem.Redaction;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person types to make a container that is like another one but for its image. It holds no
 * secret: variables whose name or value looks like one stand as {@code $NAME}.
 *
 * @param run the whole of it as {@code docker run}
 * @param create the same without starting it: {@code docker create}, then its further networks
 * @param secrets the variables that the shell must have
 * @param restart its policy, as {@code --restart} takes it
 * @param unsaid what of it no option says, by the engine's words
 */
public record RunLine(
        String run, List<String> create, List<Given> secrets, String restart, List<String> unsaid) {
    /** An environment variable of the container, and what the shell calls it. */
    public record Given(String name, String variable) {}

    public RunLine {
        create = List.copyOf(create);
        secrets = List.copyOf(secrets);
        unsaid = List.copyOf(unsaid);
    }

    /**
     * Reads only.
     *
     * @throws backout.problem.ProblemException when there is no such container, or its own image is
     *     gone: then nobody can tell what is the image's
     */
    public static RunLine of(Engine engine, String container, String imageId, String imageName) {
        JsonNode inspected = engine.existing(container);
        var state = ContainerState.of(inspected);
        var image =
                engine.images()
                        .find(state.imageId())
                        .orElseThrow(() ->
                                SwapRefusals.noDefaults(
                                        state.name(),
                                        state.labels().containsKey(SwapReceipt.COMPOSE)));
        String known = imageId.matches("sha256:[0-9a-f]{64}") ? imageId : state.imageId();
        var order = new SwapOrder("line", state.name(), known, imageName, Map.of());
        // all networks at once, whatever this engine takes
        var recipe = Recipe.of(inspected, image.config(), order, ApiVersion.MANY_ENDPOINTS);
        return new Writer(recipe.body(), state.name(), imageName).line(state.restartPolicy());
    }

    /** Puts the words together. */
    private static final class Writer {
        private final JsonNode body;
        private final String name;
        private final String image;
        private final List<Given> secrets = new ArrayList<>();

        Writer(JsonNode body, String name, String image) {
            this.body = body;
            this.name = name;
            this.image = image;
        }

        RunLine line(RestartPolicy restart) {
            var options = new RunOptions(body);
            Map<String, JsonNode> networks = networks();
            String common = common(options, restart, networks);
            List<String> joins = joins(networks);
            var run = new ArrayList<>(List.of("docker run --detach" + common));
            run.addAll(joins);
            var create = new ArrayList<>(List.of("docker create" + common + " > /dev/null"));
            create.addAll(joins);
            return new RunLine(
                    String.join(" && ", run), create, secrets, restart.option(), options.unsaid());
        }

        private Map<String, JsonNode> networks() {
            var networks = new LinkedHashMap<String, JsonNode>();
            body.path("NetworkingConfig")
                    .path("EndpointsConfig")
                    .properties()
                    .forEach(one -> networks.put(one.getKey(), one.getValue()));
            return networks;
        }

        private String common(
                RunOptions options, RestartPolicy restart, Map<String, JsonNode> networks) {
            var words = new ArrayList<>(List.of("--name", name));
            if (!restart.equals(RestartPolicy.NO)) {
                words.addAll(List.of("--restart", restart.option()));
            }
            networks.values().stream()
                    .findFirst()
                    .ifPresent(main -> words.addAll(RunNetwork.of(main, "--network-alias", true)));
            words.addAll(options.words());
            var line = new StringBuilder(" " + Command.typed(words));
            Json.texts(body.path("Env")).forEach(entry -> line.append(environment(entry)));
            var end = new ArrayList<>(List.of(image));
            end.addAll(options.arguments());
            return line.append(" ").append(Command.typed(end)).toString();
        }

        private String environment(String entry) {
            String variable = entry.split("=", 2)[0];
            boolean isSecret =
                    entry.contains("=")
                            && (Redaction.isSecretName(variable)
                                    || !Redaction.patterns(entry).equals(entry));
            if (!isSecret) {
                return " --env " + Command.typed(List.of(entry));
            }
            var given = new Given(variable, variable.replaceAll("[^A-Za-z0-9_]|^(?=[0-9])", "_"));
            secrets.add(given);
            return " --env " + Command.typed(List.of(variable)) + "=\"$" + given.variable() + "\"";
        }

        private List<String> joins(Map<String, JsonNode> networks) {
            return networks.entrySet().stream()
                    .skip(1)
                    .map(network -> {
                        var words = new ArrayList<>(List.of("docker", "network", "connect"));
                        words.addAll(RunNetwork.of(network.getValue(), "--alias", false));
                        words.addAll(List.of(network.getKey(), name));
                        return Command.typed(words);
                    })
                    .toList();
        }
    }
}
