package backout.archive;

import backout.host.Host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Names what is saved of a target by its path from the target's folder, so that the archive
 * unpacked over it is right.
 *
 * @param host where the folder is
 */
public record Rooted(Host host, Path folder) {
    /** For what lies elsewhere: below it stands the whole path. */
    public static final String OUTSIDE = "backout-outside";

    public Rooted {
        folder = folder.toAbsolutePath().normalize();
    }

    public Source source(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return new Source(
                name(whole),
                whole,
                host.name().equals("local") ? Optional.empty() : Optional.of(Far.of(host, whole)));
    }

    private String name(Path file) {
        Path inside = inside(file);
        return inside.isAbsolute() ? OUTSIDE + inside : inside.toString();
    }

    /** A folder can be a link while its files are named by their real place. */
    private Path inside(Path file) {
        if (file.startsWith(folder)) {
            return folder.relativize(file);
        }
        return host.real(folder)
                .filter(file::startsWith)
                .map(real -> real.relativize(file))
                .orElse(file);
    }
}
