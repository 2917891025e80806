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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks a source in a stable order, parents first, without following symlinks. */
final class Tree {
    /**
     * Told of everything that can be saved; may throw NoSuchFileException when it is gone by now.
     */
    interface Visitor {
        void found(String name, Path path, Stat stat, Manifest.Kind kind) throws IOException;
    }

    private final Exclusions.Matcher excluded;
    private final Visitor visitor;
    private final List<Phrase> warnings;

    /** What lies in two sources is saved once, with the first. */
    private final Set<String> visited = new HashSet<>();

    /**
     * @param warnings gets a sentence for everything that is skipped
     */
    Tree(Exclusions exclusions, Visitor visitor, List<Phrase> warnings) {
        this.excluded = exclusions.matcher();
        this.visitor = visitor;
        this.warnings = warnings;
    }

    void walk(Source source) throws IOException {
        Path real;
        try {
            real = source.path().toRealPath();
        } catch (NoSuchFileException gone) {
            throw Problem.stop(
                    Phrase.of("{0} is not there, so it cannot be backed up", source.path()),
                    source.name(),
                    Phrase.of("Correct the path in targets.yml"));
        }
        if (source.name().isEmpty()) {
            content(real);
        } else {
            visit(source.name(), real);
        }
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
                warnings.add(Phrase.of("{0} is a socket, pipe or device: skipped", name));
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
            warnings.add(Phrase.of("{0} vanished while the backup ran", name));
        } catch (AccessDeniedException _) {
            throw denied(name, path);
        }
    }

    private static ProblemException denied(String name, Path path) {
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
            throw Problem.stop(
                    Phrase.of(
                            "the bytes of the file name {0} are not UTF-8, no archive can"
                                    + " hold it",
                            path),
                    String.valueOf(path.getParent()),
                    Phrase.of("Rename the file, or exclude its folder"));
        }
    }
}
