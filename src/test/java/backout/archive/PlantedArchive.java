package backout.archive;

import backout.problem.Sha256;

import com.github.luben.zstd.ZstdOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An archive as an attacker would make it, with a manifest that says that all is well. */
final class PlantedArchive {
    private final Path path;
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private @Nullable TarArchiveOutputStream open;

    PlantedArchive(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    PlantedArchive file(String name, String content) throws IOException {
        return withMode(name, content, 0644);
    }

    PlantedArchive withMode(String name, String content, int mode) throws IOException {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        return put(entry, Manifest.Kind.FILE, content.getBytes(StandardCharsets.UTF_8));
    }

    PlantedArchive zeros(String name, int size) throws IOException {
        return put(new TarArchiveEntry(name, true), Manifest.Kind.FILE, new byte[size]);
    }

    PlantedArchive folder(String name) throws IOException {
        return put(new TarArchiveEntry(name + "/", true), Manifest.Kind.FOLDER, new byte[0]);
    }

    PlantedArchive link(String name, String target) throws IOException {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        return put(entry, Manifest.Kind.LINK, new byte[0]);
    }

    PlantedArchive special(String name, byte type, String target) throws IOException {
        var entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return put(entry, Manifest.Kind.FILE, new byte[0]);
    }

    /** A file with a PAX record of its own. */
    PlantedArchive pax(String name, String key, String value) throws IOException {
        int length = key.length() + value.getBytes(StandardCharsets.UTF_8).length + 3;
        int whole = length + String.valueOf(length).length();
        whole = length + String.valueOf(whole).length();
        byte[] content = (whole + " " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        var header = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        header.setSize(content.length);
        tar().putArchiveEntry(header);
        tar().write(content);
        tar().closeArchiveEntry();
        return file(name, "x");
    }

    /** Writes archive and manifest, and starts anew. */
    void save() throws IOException {
        tar().close();
        open = null;
        var manifest =
                new Manifest(
                        Manifest.FORMAT,
                        "r",
                        Instant.EPOCH,
                        "h",
                        "t",
                        List.of(),
                        entries,
                        List.of(),
                        Files.size(path),
                        Sha256.of(Files.readAllBytes(path)));
        ManifestFile.write(manifest, path, new Sealed(Optional.empty()));
        entries.clear();
    }

    private PlantedArchive put(TarArchiveEntry entry, Manifest.Kind kind, byte[] content)
            throws IOException {
        entry.setSize(content.length);
        entry.setIds(0, 0);
        tar().putArchiveEntry(entry);
        tar().write(content);
        tar().closeArchiveEntry();
        entries.add(
                new Manifest.Entry(
                        entry.getName().replaceFirst("/$", ""),
                        kind,
                        content.length,
                        entry.getMode() & 07777,
                        0,
                        0,
                        Instant.EPOCH,
                        kind == Manifest.Kind.FILE ? hash(content) : "",
                        entry.getLinkName(),
                        false));
        return this;
    }

    private static String hash(byte[] content) {
        var digest = Sha256.digest();
        digest.update(content);
        return Sha256.hex(digest);
    }

    private TarArchiveOutputStream tar() throws IOException {
        if (open == null) {
            open =
                    new TarArchiveOutputStream(
                            new ZstdOutputStream(Files.newOutputStream(path), 1), "UTF-8");
            open.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }
        return open;
    }
}
