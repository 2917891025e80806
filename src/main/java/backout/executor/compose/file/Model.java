package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The services of a project as all its files together define them. */
final class Model {
    private static final Pattern USE = Pattern.compile("(?<!\\$)\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    private final ComposeFiles project;
    private final Chain chain;
    private final Map<String, Definition> services;
    private final Set<Path> paths = new LinkedHashSet<>();

    Model(ComposeFiles project) {
        this.project = project;
        this.chain =
                new Chain(path -> {
                    var bytes = project.read(path);
                    bytes.ifPresent(_ -> paths.add(path));
                    return bytes;
                });
        project.files().forEach(file -> paths.add(file.path()));
        project.envFiles().forEach(file -> paths.add(file.path()));
        this.services = chain.load(project.files(), project.directory(), project.environment());
    }

    Set<Path> paths() {
        var all = new LinkedHashSet<>(paths);
        chain.envFiles().stream().filter(path -> project.read(path).isPresent()).forEach(all::add);
        return Collections.unmodifiableSet(all);
    }

    Map<String, String> images() {
        var images = new TreeMap<String, String>();
        services.forEach((name, found) -> {
            if (found.image() != null) {
                images.put(name, found.image().resolved());
            }
        });
        return images;
    }

    /**
     * @throws ProblemException where there is none: no such service, or it is built without a name
     */
    Definition.Image image(String service) {
        var found = services.get(service);
        if (found == null) {
            throw new ProblemException(noService(service));
        }
        if (found.image() == null) {
            throw new ProblemException(
                    found.build() ? buildOnly(service, found) : noImage(service, found));
        }
        return found.image();
    }

    /** The services whose image stands in this scalar. */
    Set<String> writtenAt(Scalar scalar) {
        var users = new TreeSet<String>();
        services.forEach((name, found) -> {
            if (found.image() != null && found.image().scalar().equals(scalar)) {
                users.add(name);
            }
        });
        return users;
    }

    /**
     * Lines of compose files that use the variable of an env line for something else than these
     * services' images, also through other env lines.
     */
    List<String> usedAt(SourceFile envFile, String variable, Set<String> imagesOf) {
        var images = new TreeSet<String>();
        imagesOf.forEach(name -> images.add(image(name).scalar().where()));
        return usedAt(madeOf(envFile, variable)).stream()
                .filter(place -> !images.contains(place))
                .toList();
    }

    /** The variable and every other that an env file makes of it. */
    private Set<String> madeOf(SourceFile envFile, String variable) {
        var makes = new HashMap<String, Set<String>>();
        Stream.concat(project.envFiles().stream(), Stream.of(envFile))
                .distinct()
                .flatMap(file -> EnvFile.lines(file, project.environment()).stream())
                .forEach(line ->
                        line.pieces().stream()
                                .flatMap(piece -> Stream.ofNullable(piece.variable()))
                                .forEach(it ->
                                        makes.computeIfAbsent(it.name(), _ -> new LinkedHashSet<>())
                                                .add(line.name())));
        var names = new LinkedHashSet<>(Set.of(variable));
        var queue = new ArrayDeque<>(names);
        while (!queue.isEmpty()) {
            makes.getOrDefault(queue.remove(), Set.of()).stream()
                    .filter(names::add)
                    .forEach(queue::add);
        }
        return names;
    }

    private List<String> usedAt(Set<String> variables) {
        var found = new ArrayList<String>();
        for (var yaml : chain.files().values()) {
            var lines = yaml.text().split("\n", -1);
            for (var index = 0; index < lines.length; index++) {
                var line = Objects.requireNonNull(lines[index]);
                if (!line.stripLeading().startsWith("#")
                        && USE.matcher(line)
                                .results()
                                .anyMatch(use -> variables.contains(use.group(1)))) {
                    found.add(yaml.file().path() + ":" + (index + 1));
                }
            }
        }
        return found;
    }

    private Problem noService(String service) {
        return new Problem(
                Phrase.of(
                        "the project has no service {0}; it has {1}",
                        service, Phrase.list(new TreeSet<>(services.keySet()))),
                file(),
                Phrase.of("name one of these"));
    }

    private static Problem buildOnly(String service, Definition found) {
        return new Problem(
                Phrase.of("service {0} is built from source and names no image", service),
                found.where(),
                Phrase.of(
                        "add image: repository:tag beside build:, so that a release can be named"));
    }

    private static Problem noImage(String service, Definition found) {
        return new Problem(
                Phrase.of("service {0} has neither image nor build", service),
                found.where(),
                Phrase.of("add image: repository:tag"));
    }

    private String file() {
        return project.files().getLast().path().toString();
    }
}
