package backout.executor.rebuild;

import static java.util.stream.Collectors.toUnmodifiableSet;

import backout.language.Phrase;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a project's kept files ask for, so that it is told before anything is done; names only,
 * never a value.
 *
 * @param services by name
 * @param required variables that compose demands and {@code .env} does not give
 * @param lacking keys that {@code .env.example} has and {@code .env} has not
 * @param unread why the compose file could not be looked into; {@link Phrase#NONE} where it was
 */
record Wants(
        Map<String, Service> services, Set<String> required, Set<String> lacking, Phrase unread) {
    static final String ENV = ".env";
    static final String EXAMPLE = ".env.example";

    private static final Pattern REQUIRED =
            Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*):?\\?");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern KEY =
            Pattern.compile("(?m)^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=(.*)$");

    /**
     * @param image as the compose file has it; empty where it has none
     * @param isBuilt whether it is made of the code
     * @param isPulled whether compose asks the registry although an image is there
     */
    record Service(String image, boolean isBuilt, boolean isPulled) {
        private static Service of(Map<?, ?> said) {
            String image = said.get("image") instanceof String is ? is : "";
            String policy = String.valueOf(said.get("pull_policy"));
            return new Service(
                    image,
                    said.containsKey("build"),
                    Set.of("always", "build", "daily", "weekly").contains(policy));
        }

        /** Whether variables make its name, which nobody fills in here. */
        boolean isOpen() {
            return image.contains("$");
        }

        private boolean isIn(SavedImage saved) {
            return !isOpen() && saved.holds(image);
        }
    }

    Wants {
        services = Map.copyOf(services);
        required = Set.copyOf(required);
        lacking = Set.copyOf(lacking);
    }

    /**
     * @param files by their names; {@link #EXAMPLE} may be one of them
     * @param compose the name of the compose file
     */
    static Wants of(Map<String, byte[]> files, String compose) {
        String file = text(files, compose);
        Map<String, String> given = keys(text(files, ENV));
        Set<String> required =
                REQUIRED.matcher(COMMENT.matcher(file).replaceAll(""))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> given.getOrDefault(name, "").isEmpty())
                        .collect(toUnmodifiableSet());
        var lacking = new TreeSet<>(keys(text(files, EXAMPLE)).keySet());
        lacking.removeAll(given.keySet());
        lacking.removeAll(required);
        try {
            return new Wants(services(file), required, lacking, Phrase.NONE);
        } catch (YamlEngineException | StackOverflowError _) {
            return new Wants(Map.of(), required, lacking, Phrase.of("it breaks a rule of YAML"));
        }
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static Map<String, String> keys(String text) {
        var keys = new LinkedHashMap<String, String>();
        for (MatchResult found : KEY.matcher(text).results().toList()) {
            keys.put(found.group(1), found.group(2).strip().replaceFirst("^(\"\"|''|#.*)$", ""));
        }
        return keys;
    }

    private static Map<String, Service> services(String file) {
        var settings = LoadSettings.builder().setMaxAliasesForCollections(100).build();
        var services = new LinkedHashMap<String, Service>();
        if (new Load(settings).loadFromString(file) instanceof Map<?, ?> all
                && all.get("services") instanceof Map<?, ?> said) {
            said.forEach((name, service) ->
                    services.put(
                            String.valueOf(name),
                            Service.of(service instanceof Map<?, ?> is ? is : Map.of())));
        }
        return services;
    }

    /** Services whose image nobody has: not in the file of images, and nothing is built there. */
    List<String> unbuilt(SavedImage saved) {
        var names = new ArrayList<String>();
        services.forEach((name, service) -> {
            if (service.isBuilt() && !service.isOpen() && !service.isIn(saved)) {
                names.add(name);
            }
        });
        return names.stream().sorted().toList();
    }

    /** Images that compose has to pull there. */
    List<String> pulled(SavedImage saved) {
        return services.values().stream()
                .filter(service -> !service.isBuilt() && !service.image().isEmpty())
                .filter(service -> !service.isOpen() && !service.isIn(saved))
                .map(Service::image)
                .distinct()
                .sorted()
                .toList();
    }

    /** Services of whose image only compose knows the name. */
    List<String> open() {
        return services.entrySet().stream()
                .filter(one -> one.getValue().isOpen())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
