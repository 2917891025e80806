package backout.archive;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

import java.util.Locale;
import java.util.Optional;

/** How an entry differs from what the manifest says of it, its content aside. */
final class Mismatch {
    private Mismatch() {}

    static Optional<String> of(TarArchiveEntry entry, Manifest.Entry wanted) {
        String name = wanted.path() + (wanted.kind() == Manifest.Kind.FOLDER ? "/" : "");
        if (!entry.getName().equals(name)) {
            return Optional.of("the archive has \"" + entry.getName() + "\" in its place");
        }
        if (kind(entry).filter(k -> k == wanted.kind()).isEmpty()) {
            return Optional.of("it is not a " + wanted.kind().name().toLowerCase(Locale.ROOT));
        }
        return attribute(entry, wanted)
                .map(what -> "its " + what + " is not the one it was saved with");
    }

    static Optional<Manifest.Kind> kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return Optional.of(Manifest.Kind.LINK);
        }
        if (entry.isDirectory()) {
            return Optional.of(Manifest.Kind.FOLDER);
        }
        return entry.isFile() && !entry.isLink() && !special(entry)
                ? Optional.of(Manifest.Kind.FILE)
                : Optional.empty();
    }

    private static boolean special(TarArchiveEntry entry) {
        return entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO()
                || entry.isSparse();
    }

    private static Optional<String> attribute(TarArchiveEntry entry, Manifest.Entry wanted) {
        if (entry.getSize() != wanted.size()) {
            return Optional.of("size");
        }
        if ((entry.getMode() & 07777) != wanted.mode()) {
            return Optional.of("mode");
        }
        if (entry.getLongUserId() != wanted.uid() || entry.getLongGroupId() != wanted.gid()) {
            return Optional.of("owner");
        }
        return entry.isSymbolicLink() && !entry.getLinkName().equals(wanted.target())
                ? Optional.of("target")
                : Optional.empty();
    }
}
