package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;

import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the services of several files and documents together as compose does: each document is
 * interpolated, extended and given its includes, then laid over the ones before it. Order as in
 * compose-spec/compose-go, loader.
 */
final class Chain {
    private final ComposeFiles.Reader reader;
    private final Map<Path, YamlFile> parsed = new LinkedHashMap<>();
    private final List<Document> documents = new ArrayList<>();

    Chain(ComposeFiles.Reader reader) {
        this.reader = reader;
    }

    /** Every compose file that took part, in the order in which they were met. */
    Map<Path, YamlFile> files() {
        return parsed;
    }

    /** What the services of all of them name as their {@code env_file}, there or not. */
    List<Path> envFiles() {
        return documents.stream().flatMap(document -> document.envFiles().stream()).toList();
    }

    Map<String, Definition> load(List<SourceFile> files, Path directory, Environment environment) {
        return load(files, directory, environment, Set.of());
    }

    private Map<String, Definition> load(
            List<SourceFile> files, Path directory, Environment environment, Set<Path> above) {
        var including = new HashSet<>(above);
        including.add(files.getFirst().path());
        var all = new LinkedHashMap<String, Definition>();
        for (var file : files) {
            var yaml = parsed(file);
            for (var node : yaml.documents()) {
                var document = document(yaml, node, directory, environment);
                var services = new LinkedHashMap<>(document.services());
                for (var name : List.copyOf(services.keySet())) {
                    extend(name, services, document, environment, new HashSet<>());
                }
                document.reset(all);
                for (var include : document.includes()) {
                    bringIn(include, services, environment, including);
                }
                services.forEach((name, found) -> all.merge(name, found, Definition::merge));
            }
        }
        return all;
    }

    private Document document(YamlFile yaml, Node node, Path directory, Environment environment) {
        var document = Document.of(yaml, node, directory, environment);
        documents.add(document);
        return document;
    }

    private Definition extend(
            String name,
            Map<String, Definition> services,
            Document document,
            Environment environment,
            Set<String> following) {
        var own = services.getOrDefault(name, Definition.NONE);
        var link = own.base();
        if (link == null) {
            return own;
        }
        if (!following.add(link.where() + " " + name)) {
            throw Problem.stop(
                    Phrase.of("service {0} extends itself in a circle", name),
                    link.where(),
                    Phrase.of("break the circle"));
        }
        var file = link.file();
        var from = file == null ? services : baseFile(file, link, environment);
        if (!from.containsKey(link.service())) {
            throw Problem.stop(
                    Phrase.of("service {0} extends {1}, which is not there", name, link.service()),
                    link.where(),
                    Phrase.of("name a service that exists"));
        }
        var base = extend(link.service(), from, document, environment, following);
        var result = own.extending(document.reset(name, base), link);
        services.put(name, result);
        return result;
    }

    /**
     * The services of a file that is only extended: its own extends are followed one by one,
     * includes not at all.
     */
    private Map<String, Definition> baseFile(
            Path file, Definition.Extends link, Environment environment) {
        var yaml = parsed(read(file, link.where()));
        var all = new LinkedHashMap<String, Definition>();
        for (var node : yaml.documents()) {
            var document = document(yaml, node, parent(file), environment);
            document.reset(all);
            document.services().forEach((name, found) -> all.merge(name, found, Definition::merge));
        }
        return all;
    }

    private void bringIn(
            Document.Include include,
            Map<String, Definition> services,
            Environment environment,
            Set<Path> including) {
        if (including.contains(include.paths().getFirst())) {
            throw Problem.stop(
                    Phrase.of("{0} includes itself in a circle", include.paths().getFirst()),
                    include.where(),
                    Phrase.of("break the circle"));
        }
        var files = include.paths().stream().map(path -> read(path, include.where())).toList();
        var inside = environment.withFiles(envFiles(include));
        load(files, include.directory(), inside, including)
                .forEach((name, found) -> bringIn(name, found, services, include));
    }

    private static void bringIn(
            String name,
            Definition found,
            Map<String, Definition> services,
            Document.Include include) {
        var ours = services.putIfAbsent(name, found);
        if (ours != null && !samePlace(ours, found)) {
            throw Problem.stop(
                    Phrase.of(
                            "service {0} is defined here and in an included file; docker compose"
                                    + " refuses that",
                            name),
                    include.where(),
                    Phrase.of("rename one of the two, or change it in an override file instead"));
        }
    }

    private static boolean samePlace(Definition one, Definition other) {
        return one.where().equals(other.where());
    }

    private List<SourceFile> envFiles(Document.Include include) {
        if (include.envFiles().isEmpty()) {
            var path = include.directory().resolve(".env");
            return find(path).map(List::of).orElse(List.of());
        }
        return include.envFiles().stream().map(path -> read(path, include.where())).toList();
    }

    private YamlFile parsed(SourceFile file) {
        return parsed.computeIfAbsent(file.path(), _ -> YamlFile.parse(file));
    }

    private SourceFile read(Path path, String where) {
        return find(path)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("there is no file {0}", path),
                                where,
                                Phrase.of("mend the path, or put the file there")));
    }

    private Optional<SourceFile> find(Path path) {
        return reader.read(path).map(bytes -> new SourceFile(path, bytes));
    }

    private static Path parent(Path file) {
        var parent = file.getParent();
        return parent == null ? file : parent;
    }
}
