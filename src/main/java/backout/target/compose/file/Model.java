package backout.target.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The services of a project as all its files together define them. */
final class Model {
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

    Map<String, Definition> services() {
        return services;
    }

    Set<Path> paths() {
        var all = new LinkedHashSet<>(paths);
        chain.envFiles().stream()
                .filter(path -> project.read(path).isPresent())
                .forEach(all::add);
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

    ImageSource locate(String service) {
        var found = services.get(service);
        if (found == null) {
            return new ImageSource.Missing(service, noService(service));
        }
        var image = found.image();
        if (image == null) {
            return found.build()
                    ? new ImageSource.BuildOnly(service, buildOnly(service, found))
                    : new ImageSource.Missing(service, noImage(service, found));
        }
        var shell = shellVariable(image.pieces());
        if (shell != null) {
            return fromShell(service, image, shell);
        }
        var sharing = sharing(service, image);
        return sharing.size() > 1 ? shared(service, image, sharing) : own(service, image);
    }

    private ImageSource own(String service, Definition.Image image) {
        var scalar = image.scalar();
        var lines = image.envLines();
        var text = scalar.value().strip();
        if (lines.isEmpty()) {
            return new ImageSource.InFile(
                    service, scalar.where(), text, image.resolved(), image.via());
        }
        return new ImageSource.InEnvFile(
                service,
                scalar.where(),
                text,
                image.resolved(),
                image.via(),
                lines.stream().map(EnvLine::toString).toList(),
                lines.stream().flatMap(line -> usedAt(line.name(), scalar).stream()).toList());
    }

    private ImageSource fromShell(String service, Definition.Image image, String variable) {
        var problem =
                new Problem(
                        Phrase.of(
                                "the image of {0} comes from the variable {1} of the shell that"
                                        + " runs docker compose; no file can change it",
                                service, variable),
                        image.scalar().where(),
                        Phrase.of(
                                "move {0} from the shell to the env file, or write the image into"
                                        + " this line",
                                variable));
        return new ImageSource.FromShell(
                service, image.scalar().where(), variable, image.resolved(), image.via(), problem);
    }

    private ImageSource shared(String service, Definition.Image image, Set<String> sharing) {
        var at = new ArrayList<String>();
        for (var place : image.places()) {
            if (users(Set.of(place)).size() > 1) {
                at.add(place.toString());
            }
        }
        var problem =
                new Problem(
                        Phrase.of(
                                "the services {0} share the image of {1}: changing it would change"
                                        + " them all",
                                Phrase.list(sharing), Phrase.list(at)),
                        image.scalar().where(),
                        Phrase.of(
                                "agree to change all of them, or give {0} an image: line of its"
                                        + " own",
                                service));
        return new ImageSource.Shared(
                service,
                image.scalar().where(),
                image.resolved(),
                image.via(),
                List.copyOf(sharing),
                at,
                problem);
    }

    private Set<String> sharing(String service, Definition.Image image) {
        var users = users(image.places());
        users.add(service);
        return users;
    }

    private Set<String> users(Set<Object> places) {
        var users = new TreeSet<String>();
        services.forEach((name, found) -> {
            if (found.image() != null && !Collections.disjoint(found.image().places(), places)) {
                users.add(name);
            }
        });
        return users;
    }

    /**
     * The first variable of the shell that any part of the image hangs on, also through an env
     * file.
     */
    private static @Nullable String shellVariable(List<Piece> pieces) {
        for (var piece : pieces) {
            var variable = piece.variable();
            if (variable == null) {
                continue;
            }
            switch (variable.origin()) {
                case Variable.Origin.Shell() -> {
                    return variable.name();
                }
                case Variable.Origin.Line(var line) -> {
                    var inner = shellVariable(line.pieces());
                    if (inner != null) {
                        return inner;
                    }
                }
                case Variable.Origin.Project(), Variable.Origin.Unset() -> {
                    // neither comes from the shell
                }
            }
        }
        return null;
    }

    /** Lines of compose files that use the variable for something else. */
    private List<String> usedAt(String variable, Scalar image) {
        var use = Pattern.compile("(?<!\\$)\\$\\{?" + Pattern.quote(variable) + "(?![A-Za-z0-9_])");
        var found = new ArrayList<String>();
        for (var yaml : chain.files().values()) {
            var lines = yaml.text().split("\n", -1);
            for (var index = 0; index < lines.length; index++) {
                var isImage =
                        yaml.file().path().equals(image.file().path()) && index + 1 == image.line();
                var line = Objects.requireNonNull(lines[index]);
                if (!isImage && !line.stripLeading().startsWith("#") && use.matcher(line).find()) {
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
