package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a source in a stable order, parents first, without following symlinks. */
final class Tree {
    /**
     * Told of everything that can be saved; may throw NoSuchFileException when it is gone by now.
     */
    interface Visitor {
        void found(String name, Path path, Stat stat, Manifest.Kind kind) throws IOException;

        /**
         * Told of everything of a source that does not lie here.
         *
         * @param things by their names in the archive, parents first
         */
        void found(Far far, Map<String, Far.Thing> things) throws IOException;
    }

    private final Exclusions.Matcher excluded;
    private final Visitor visitor;
    private final List<Phrase> warnings;
    private final Duration within;

    /** What lies in two sources is saved once, with the first. */
    private final Set<String> visited = new HashSet<>();

    /**
     * @param warnings gets a sentence for everything that is skipped
     * @param within how long it may take to look at what is elsewhere
     */
    Tree(Exclusions exclusions, Visitor visitor, List<Phrase> warnings, Duration within) {
        this.excluded = exclusions.matcher();
        this.visitor = visitor;
        this.warnings = warnings;
        this.within = within;
    }

    void walk(Source source) throws IOException {
        if (source.far().isPresent()) {
            far(source, source.far().get());
            return;
        }
        Path real;
        try {
            real = source.path().toRealPath();
        } catch (NoSuchFileException gone) {
            throw notThere(source);
        }
        if (source.name().isEmpty()) {
            content(real);
        } else {
            visit(source.name(), real);
        }
    }

    private static ProblemException notThere(Source source) {
        return Problem.stop(
                Phrase.of("{0} is not there, so it cannot be backed up", source.path()),
                source.name(),
                Phrase.of("Correct the path in targets.yml"));
    }

    private void far(Source source, Far far) throws IOException {
        List<Far.Thing> all = far.look(within);
        if (all.isEmpty()) {
            throw notThere(source);
        }
        var excluded = new HashSet<String>();
        var things = new LinkedHashMap<String, Far.Thing>();
        for (Far.Thing thing : all) {
            int slash = thing.name().lastIndexOf('/');
            if (slash > 0 && excluded.contains(thing.name().substring(0, slash))) {
                excluded.add(thing.name());
                continue;
            }
            String name = name(source, thing);
            if (!thing.name().isEmpty() && this.excluded.covers(name)) {
                excluded.add(thing.name());
            } else if (!name.isEmpty() && thing.stat().kind().isEmpty()) {
                warnings.add(notSaved(name));
            } else if (!thing.isReadable()) {
                throw denied(name, source.path().resolve(thing.name()));
            } else if (!name.isEmpty() && visited.add(name)) {
                things.put(name, thing);
            }
        }
        if (!things.isEmpty()) {
            visitor.found(far, things);
        }
    }

    private static String name(Source source, Far.Thing thing) {
        try {
            String below = FarTree.text(thing.name());
            return below.isEmpty() || source.name().isEmpty()
                    ? source.name() + below
                    : source.name() + "/" + below;
        } catch (CharacterCodingException e) {
            throw noText(thing.name(), source.path());
        }
    }

    private static Phrase notSaved(String name) {
        return Phrase.of("{0} is a socket, pipe or device: skipped", name);
    }

    private void content(Path folder) throws IOException {
        try {
            children("", folder);
        } catch (AccessDeniedException _) {
            throw denied("", folder);
        }
    }

    private void visit(String name, Path path) throws IOException {
        try {
            Stat stat = Stat.of(path);
            var kind = stat.kind();
            if (kind.isEmpty()) {
                warnings.add(notSaved(name));
                return;
            }
            if (!visited.add(name)) {
                return;
            }
            visitor.found(name, path, stat, kind.get());
            if (kind.get() == Manifest.Kind.FOLDER) {
                children(name, path);
            }
        } catch (NoSuchFileException _) {
            warnings.add(vanished(name));
        } catch (AccessDeniedException _) {
            throw denied(name, path);
        }
    }

    static Phrase vanished(String name) {
        return Phrase.of("{0} vanished while the backup ran", name);
    }

    static ProblemException denied(String name, Path path) {
        return Problem.stop(
                Phrase.of("{0} may not be read, so the backup would not be whole", path),
                name,
                Phrase.of("Give the bot's user the right to read it, or exclude it"));
    }

    private void children(String name, Path folder) throws IOException {
        var paths = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(folder)) {
            stream.forEach(paths::add);
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        Collections.sort(paths);
        for (Path path : paths) {
            String child = (name.isEmpty() ? "" : name + "/") + lastName(path);
            if (!excluded.covers(child)) {
                visit(child, path);
            }
        }
    }

    private static String lastName(Path path) {
        try {
            return EntryName.last(path);
        } catch (CharacterCodingException e) {
            throw noText(path.toString(), path.resolveSibling("."));
        }
    }

    private static ProblemException noText(String name, Path folder) {
        return Problem.stop(
                Phrase.of(
                        "the bytes of the file name {0} are not UTF-8, no archive can hold it",
                        name),
                folder.normalize().toString(),
                Phrase.of("Rename the file, or exclude its folder"));
    }
}
