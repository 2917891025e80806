package backout.archive;

import backout.language.Phrase;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

import java.util.Optional;

/** How an entry differs from what the manifest says of it, its content aside. */
final class Mismatch {
    private Mismatch() {}

    static Optional<Phrase> of(TarArchiveEntry entry, Manifest.Entry wanted) {
        String name = wanted.path() + (wanted.kind() == Manifest.Kind.FOLDER ? "/" : "");
        if (!entry.getName().equals(name)) {
            return Optional.of(Phrase.of("the archive has \"{0}\" in its place", entry.getName()));
        }
        if (kind(entry).filter(k -> k == wanted.kind()).isEmpty()) {
            return Optional.of(
                    switch (wanted.kind()) {
                        case FILE -> Phrase.of("it is not a file");
                        case FOLDER -> Phrase.of("it is not a folder");
                        case LINK -> Phrase.of("it is not a link");
                    });
        }
        return attribute(entry, wanted);
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

    private static Optional<Phrase> attribute(TarArchiveEntry entry, Manifest.Entry wanted) {
        if (entry.getSize() != wanted.size()) {
            return Optional.of(Phrase.of("its size is not the one it was saved with"));
        }
        if ((entry.getMode() & 07777) != wanted.mode()) {
            return Optional.of(Phrase.of("its mode is not the one it was saved with"));
        }
        if (entry.getLongUserId() != wanted.uid() || entry.getLongGroupId() != wanted.gid()) {
            return Optional.of(Phrase.of("its owner is not the one it was saved with"));
        }
        return entry.isSymbolicLink() && !entry.getLinkName().equals(wanted.target())
                ? Optional.of(Phrase.of("its target is not the one it was saved with"))
                : Optional.empty();
    }
}
