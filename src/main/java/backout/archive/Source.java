package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file or folder to back up, and the name under which the archive holds it.
 *
 * @param name relative, with slashes: {@code compose/docker-compose.yml}; empty for a folder whose
 *     content is the archive's own
 * @param path absolute; where it is itself a symlink, what it leads to is saved
 * @param far how it is had, where it does not lie on this machine
 */
public record Source(String name, Path path, Optional<Far> far) {
    /** One of this machine. */
    public Source(String name, Path path) {
        this(name, path, Optional.empty());
    }

    public Source {
        if (!name.isEmpty() && !EntryName.isPlain(name)) {
            throw new IllegalArgumentException("not a name inside an archive: " + name);
        }
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
    }

    /** A file that stands nowhere yet, to be read by its owner only. */
    public static Source of(String name, byte[] content) {
        return new Source(
                name, Path.of("/", name), Optional.of(Far.of((out, _) -> tar(name, content, out))));
    }

    private static void tar(String name, byte[] content, OutputStream out) {
        try (var tar = new TarArchiveOutputStream(out)) {
            var entry = new TarArchiveEntry(name);
            entry.setMode(0600);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String prefix() {
        return name.isEmpty() ? "" : name + "/";
    }

    /** A file of a folder that is saved too lies in both at the same place. */
    private boolean isWithin(Source other) {
        String rest = name.substring(Math.min(name.length(), other.prefix().length()));
        return other.path.resolve(rest).normalize().equals(path.normalize());
    }

    /**
     * Two sources under one name, or one inside the name of another, would be mixed up by a
     * restore.
     */
    static void refuseClashes(List<Source> sources) {
        for (int one = 0; one < sources.size(); one++) {
            for (int other = 0; other < sources.size(); other++) {
                refuseClash(sources.get(one), sources.get(other), one == other);
            }
        }
    }

    private static void refuseClash(Source one, Source other, boolean same) {
        if (!same && (one.name + "/").startsWith(other.prefix()) && !one.isWithin(other)) {
            throw Problem.stop(
                    Phrase.of(
                            "{0} and {1} would both be stored under {2}",
                            one.path, other.path, other.name),
                    other.name,
                    Phrase.of("Give each thing to back up its own name"));
        }
    }
}
