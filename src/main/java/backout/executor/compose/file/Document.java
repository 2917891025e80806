package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One YAML document of a compose file: its services, its includes, and what it resets in the ones
 * before it.
 */
final class Document {
    private static final String SERVICES = "services";

    private final YamlFile yaml;
    private final Mappings mappings;
    private final MappingNode root;
    private final Path directory;
    private final Environment environment;
    private final Map<String, Definition> services = new LinkedHashMap<>();
    private final Set<String> resets = new HashSet<>();

    private Document(YamlFile yaml, MappingNode root, Path directory, Environment environment) {
        this.yaml = yaml;
        this.mappings = new Mappings(yaml);
        this.root = root;
        this.directory = directory;
        this.environment = environment;
    }

    static Document of(YamlFile yaml, Node node, Path directory, Environment environment) {
        if (!(node instanceof MappingNode root)) {
            throw Problem.stop(
                    Phrase.of("the document is no mapping, so docker compose refuses the file"),
                    yaml.where(node),
                    Phrase.of("start it with services:, or delete the --- above"));
        }
        var document = new Document(yaml, root, directory, environment);
        document.readServices();
        document.readResets(root, "", 0);
        return document;
    }

    Map<String, Definition> services() {
        return services;
    }

    /**
     * Takes out of what earlier documents said everything that this one tags !reset or !override.
     */
    void reset(Map<String, Definition> earlier) {
        if (resets.contains(SERVICES)) {
            earlier.clear();
        }
        earlier.keySet().removeIf(name -> resets.contains(SERVICES + "/" + name));
        earlier.replaceAll(this::reset);
    }

    Definition reset(String name, Definition earlier) {
        var path = SERVICES + "/" + name + "/";
        return earlier.without(resets.contains(path + "image"), resets.contains(path + "build"));
    }

    /** The files of {@code env_file} of all its services, there or not. */
    List<Path> envFiles() {
        var found = new ArrayList<Path>();
        mappings.find(root, SERVICES)
                .map(Mappings.Found::value)
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .ifPresent(all -> {
                    for (var name : mappings.keys(all)) {
                        var service = mappings.find(all, name).orElseThrow().value();
                        if (service instanceof MappingNode mapping) {
                            found.addAll(envFiles(mapping));
                        }
                    }
                });
        return found;
    }

    private List<Path> envFiles(MappingNode service) {
        return mappings.find(service, "env_file")
                .map(found ->
                        items(found.value()).stream()
                                .map(item ->
                                        item instanceof MappingNode entry
                                                ? mappings.find(entry, "path")
                                                        .map(Mappings.Found::value)
                                                        .orElse(item)
                                                : item)
                                .filter(ScalarNode.class::isInstance)
                                .filter(item -> !isNull(item))
                                .map(this::text)
                                .map(this::resolve)
                                .toList())
                .orElse(List.of());
    }

    List<Include> includes() {
        var includes = new ArrayList<Include>();
        mappings.find(root, "include")
                .ifPresent(
                        found -> items(found.value()).forEach(item -> includes.add(include(item))));
        return includes;
    }

    private void readServices() {
        var found = mappings.find(root, SERVICES);
        if (found.isEmpty() || !(found.get().value() instanceof MappingNode all)) {
            return;
        }
        for (var name : mappings.keys(all)) {
            var service = mappings.find(all, name).orElseThrow();
            var via = new ArrayList<>(found.get().via());
            via.addAll(service.via());
            services.put(name, definition(service.value(), via));
        }
    }

    private Definition definition(Node node, List<Phrase> via) {
        if (!(node instanceof MappingNode service)) {
            return new Definition(null, false, null, yaml.where(node));
        }
        var build = mappings.find(service, "build").filter(found -> !isNull(found.value()));
        return new Definition(
                image(service, via), build.isPresent(), base(service), yaml.where(node));
    }

    private Definition.@Nullable Image image(MappingNode service, List<Phrase> via) {
        var found = mappings.find(service, "image");
        if (found.isEmpty() || isNull(found.get().value())) {
            return null;
        }
        var node = found.get().value();
        if (!(node instanceof ScalarNode scalar) || !isText(scalar)) {
            throw Problem.stop(
                    Phrase.of("image is not a text, so docker compose refuses the file"),
                    yaml.where(node),
                    Phrase.of("write image: repository:tag, in quotes if it looks like a number"));
        }
        var path = new ArrayList<>(via);
        path.addAll(found.get().via());
        var place = Scalar.of(yaml, scalar);
        var pieces = Template.expand(scalar.getValue(), environment, place.where());
        return new Definition.Image(place, pieces, path);
    }

    private Definition.@Nullable Extends base(MappingNode service) {
        var found = mappings.find(service, "extends");
        if (found.isEmpty() || isNull(found.get().value())) {
            return null;
        }
        var where = yaml.where(found.get().value());
        if (!(found.get().value() instanceof MappingNode link)) {
            return new Definition.Extends(text(found.get().value()), null, where);
        }
        var name = mappings.find(link, "service").map(Mappings.Found::value);
        if (name.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("extends names no service"), where, Phrase.of("add service: NAME"));
        }
        var file = mappings.find(link, "file").map(Mappings.Found::value);
        return new Definition.Extends(
                text(name.get()), file.map(this::text).map(this::resolve).orElse(null), where);
    }

    private Include include(Node item) {
        if (!(item instanceof MappingNode entry)) {
            var path = resolve(text(item));
            return new Include(List.of(path), parent(path), List.of(), yaml.where(item));
        }
        var paths = paths(entry, "path");
        if (paths.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("include names no path"),
                    yaml.where(item),
                    Phrase.of("add path: FILE"));
        }
        var own = mappings.find(entry, "project_directory").map(found -> text(found.value()));
        return new Include(
                paths,
                own.map(this::resolve).orElseGet(() -> parent(paths.getFirst())),
                paths(entry, "env_file"),
                yaml.where(item));
    }

    private List<Path> paths(MappingNode entry, String key) {
        return mappings.find(entry, key)
                .map(found ->
                        items(found.value()).stream().map(this::text).map(this::resolve).toList())
                .orElse(List.of());
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Template.plain(scalar.getValue(), environment, yaml.where(node));
        }
        throw Problem.stop(
                Phrase.of("a text belongs here"),
                yaml.where(node),
                Phrase.of("write it on one line"));
    }

    private Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        return parent == null ? path : parent;
    }

    /**
     * Only what is written in place counts: compose does not look behind an alias for these tags.
     */
    private void readResets(MappingNode mapping, String prefix, int depth) {
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key) || mappings.isAlias(entry)) {
                continue;
            }
            var path = prefix + key.getValue();
            var value = entry.getValueNode();
            if (Mappings.isTagged(value, Mappings.RESET)
                    || Mappings.isTagged(value, Mappings.OVERRIDE)) {
                resets.add(path);
            } else if (depth < 2 && value instanceof MappingNode inner) {
                readResets(inner, path + "/", depth + 1);
            }
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static boolean isText(ScalarNode node) {
        return !Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL).contains(node.getTag());
    }

    /**
     * One entry of {@code include}, paths made absolute.
     *
     * @param paths the included file and what is laid over it, at least one
     * @param envFiles empty for the default: {@code .env} of the directory
     */
    record Include(List<Path> paths, Path directory, List<Path> envFiles, String where) {
        Include {
            paths = List.copyOf(paths);
            envFiles = List.copyOf(envFiles);
        }
    }
}
