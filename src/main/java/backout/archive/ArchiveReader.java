package backout.archive;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;

/**
 * Reads an archive once from its first to its last byte, comparing everything with the manifest,
 * and shows it to a visitor on the way.
 */
final class ArchiveReader {
    /** Gets each entry before it is compared; what it throws ends the reading. */
    interface Visitor {
        Visitor NOBODY =
                new Visitor() {
                    @Override
                    public void expect(Manifest manifest) {}

                    @Override
                    public void look(TarArchiveEntry entry) {}

                    @Override
                    public OutputStream file(Manifest.Entry entry) {
                        return OutputStream.nullOutputStream();
                    }

                    @Override
                    public void other(Manifest.Entry entry) {}
                };

        void expect(Manifest manifest) throws IOException;

        /** Before anything is compared or written. */
        void look(TarArchiveEntry entry);

        /** Where the content goes; closed after its last byte. */
        OutputStream file(Manifest.Entry entry) throws IOException;

        /** A folder or a link. */
        void other(Manifest.Entry entry) throws IOException;

        /** A limit on what the archive may unpack to. */
        default Meter meter(InputStream unpacked) {
            return new Meter(unpacked, Long.MAX_VALUE);
        }
    }

    private final Path archive;
    private final Sealed sealed;
    private final byte[] buffer = new byte[1 << 20];

    ArchiveReader(Path archive, Sealed sealed) {
        this.archive = archive;
        this.sealed = sealed;
    }

    /**
     * @throws ProblemException when the archive is not as it was written, with the first bad
     *     entry's name
     */
    Manifest read(Visitor visitor) {
        Manifest manifest = ManifestFile.read(archive, sealed);
        try (var file = Files.newInputStream(archive)) {
            visitor.expect(manifest);
            var hashed = new DigestInputStream(file, Sha256.digest());
            read(manifest, hashed, visitor);
            compareWhole(manifest, hashed);
            return manifest;
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the archive could not be read or unpacked: {0}", Cause.of(e)),
                    archive.toString(),
                    Phrase.of("Look at the disk, then ask again"));
        }
    }

    private void read(Manifest manifest, InputStream hashed, Visitor visitor) throws IOException {
        List<Manifest.Entry> entries = manifest.entries();
        try (var opened = open(entries, hashed);
                var meter = visitor.meter(opened);
                var tar = new TarArchiveInputStream(meter, "UTF-8")) {
            int count = 0;
            for (var entry = next(tar, meter, entries, count);
                    entry != null;
                    entry = next(tar, meter, entries, count)) {
                visitor.look(entry);
                if (count == entries.size()) {
                    throw bad(name(entry.getName()), Phrase.of("it is not in the manifest"));
                }
                take(tar, entry, entries.get(count++), visitor);
            }
            if (count < entries.size()) {
                throw bad(nameOf(entries, count), Phrase.of("the archive ends before it"));
            }
            drain(meter, hashed);
        }
    }

    private InputStream open(List<Manifest.Entry> entries, InputStream hashed) throws IOException {
        try {
            return Packing.of(archive).unpacking(sealed.reading(hashed, archive));
        } catch (IOException e) {
            throw bad(nameOf(entries, 0), Cause.of(e));
        }
    }

    private @Nullable TarArchiveEntry next(
            TarArchiveInputStream tar, Meter meter, List<Manifest.Entry> entries, int count) {
        try {
            meter.enterHeader();
            var entry = tar.getNextEntry();
            meter.leaveHeader();
            return entry;
        } catch (IOException | IllegalArgumentException broken) {
            throw bad(nameOf(entries, count), reason(broken));
        }
    }

    private void take(
            TarArchiveInputStream tar,
            TarArchiveEntry entry,
            Manifest.Entry wanted,
            Visitor visitor)
            throws IOException {
        Mismatch.of(entry, wanted)
                .ifPresent(why -> {
                    throw bad(name(wanted.path()), why);
                });
        if (wanted.kind() != Manifest.Kind.FILE) {
            visitor.other(wanted);
            return;
        }
        String sha256;
        try (var out = visitor.file(wanted)) {
            sha256 = copy(tar, wanted, out);
        }
        if (!sha256.equals(wanted.sha256())) {
            throw bad(
                    name(wanted.path()),
                    Phrase.of("its content has another hash than when it was saved"));
        }
    }

    private String copy(TarArchiveInputStream tar, Manifest.Entry wanted, OutputStream out)
            throws IOException {
        var digest = Sha256.digest();
        for (int n = read(tar, wanted); n >= 0; n = read(tar, wanted)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return Sha256.hex(digest);
    }

    private int read(TarArchiveInputStream tar, Manifest.Entry wanted) {
        try {
            return tar.read(buffer, 0, buffer.length);
        } catch (IOException | IllegalArgumentException broken) {
            throw bad(name(wanted.path()), reason(broken));
        }
    }

    private void drain(InputStream unpacked, InputStream hashed) {
        try {
            unpacked.transferTo(OutputStream.nullOutputStream());
            hashed.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw bad(theEnd(), reason(broken));
        }
    }

    private void compareWhole(Manifest manifest, DigestInputStream hashed) {
        if (!Sha256.hex(hashed.getMessageDigest()).equals(manifest.archiveSha256())) {
            throw bad(
                    Phrase.of("the archive file itself"),
                    Phrase.of("it has another hash than when it was written"));
        }
    }

    private static Phrase nameOf(List<Manifest.Entry> entries, int count) {
        return count < entries.size() ? name(entries.get(count).path()) : theEnd();
    }

    private static Phrase name(String entry) {
        return Phrase.of("{0}", entry);
    }

    private static Phrase theEnd() {
        return Phrase.of("the end after the last entry");
    }

    private static Phrase reason(Exception broken) {
        return switch (broken) {
            case Meter.TooMuch tooMuch -> tooMuch.what();
            case Exception other -> Cause.of(other);
        };
    }

    private ProblemException bad(Phrase entry, Phrase why) {
        return Problem.stop(
                Phrase.of("the backup is damaged at {0}: {1}", entry, why),
                archive.toString(),
                Phrase.of("Use another backup; this one cannot be trusted"));
    }
}
