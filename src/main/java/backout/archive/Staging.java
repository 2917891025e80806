package backout.archive;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The empty folder that an archive is unpacked into. Links are made last, so nothing is ever
 * written through one; folders get their modes last, so a read-only one can be filled.
 */
final class Staging implements ArchiveReader.Visitor {
    private final Path folder;
    private final Path archive;
    private final Limits limits;
    private final Space space;
    private final EntryRules rules;
    private final List<Manifest.Entry> files = new ArrayList<>();
    private final List<Manifest.Entry> folders = new ArrayList<>();
    private final List<Manifest.Entry> links = new ArrayList<>();
    private final List<Phrase> warnings = new ArrayList<>();

    Staging(Path archive, Path folder, Limits limits, Space space) {
        this.folder = folder;
        this.archive = archive;
        this.limits = limits;
        this.space = space;
        this.rules = new EntryRules(archive, limits);
    }

    List<Phrase> warnings() {
        return warnings;
    }

    void refuseUsed() {
        try {
            Durable.folder(folder);
            try (var children = Files.newDirectoryStream(folder)) {
                if (children.iterator().hasNext()) {
                    throw problem(
                            Phrase.of("the folder to restore into is not empty"),
                            Phrase.of("Choose an empty one"));
                }
            }
        } catch (IOException e) {
            throw problem(
                    Phrase.of("the folder to restore into cannot be used: {0}", Cause.of(e)),
                    Phrase.of("Look at its rights"));
        }
    }

    @Override
    public void expect(Manifest manifest) throws IOException {
        long needed = new Backup.Estimate(manifest.bytes(), 0).bytesNeeded();
        if (space.freeBytes(folder) < needed) {
            throw problem(
                    Phrase.of(
                            "restoring may need {0} bytes, only {1} are free",
                            "%,d".formatted(needed), "%,d".formatted(space.freeBytes(folder))),
                    Phrase.of("Free some room, or restore elsewhere"));
        }
        var inodes = space.freeInodes(folder);
        if (inodes.isPresent() && inodes.getAsLong() < manifest.entries().size()) {
            throw problem(
                    Phrase.of(
                            "restoring needs {0} inodes, only {1} are free",
                            "%,d".formatted(manifest.entries().size()),
                            "%,d".formatted(inodes.getAsLong())),
                    Phrase.of("Delete small files that nobody needs"));
        }
    }

    @Override
    public Meter meter(InputStream unpacked) {
        return new Meter(unpacked, limits.mostBytes(archiveBytes()));
    }

    @Override
    public void look(TarArchiveEntry entry) {
        rules.check(entry);
    }

    @Override
    public OutputStream file(Manifest.Entry entry) throws IOException {
        Path path = EntryName.under(folder, entry.path());
        Files.createDirectories(path.resolveSibling("."));
        files.add(entry);
        return Channels.newOutputStream(Durable.create(path));
    }

    @Override
    public void other(Manifest.Entry entry) throws IOException {
        if (entry.kind() == Manifest.Kind.LINK) {
            links.add(entry);
            return;
        }
        Files.createDirectories(EntryName.under(folder, entry.path()));
        folders.add(entry);
    }

    /**
     * Makes the links and gives everything its owner, mode and time, once the whole archive has
     * proved good.
     */
    void finish() {
        rules.checkLinks();
        try {
            for (var link : links) {
                Path path = EntryName.under(folder, link.path());
                Files.createDirectories(path.resolveSibling("."));
                Files.createSymbolicLink(path, EntryName.targetPath(link.target()));
                own(path, link);
            }
            for (var file : files) {
                dress(file);
            }
            for (var inner : folders.reversed()) {
                dress(inner);
            }
        } catch (IOException e) {
            throw problem(
                    Phrase.of("the archive could not be unpacked: {0}", Cause.of(e)),
                    Phrase.of("Look at the disk and its rights"));
        }
    }

    /** Clean-up never hides why it was needed. */
    void emptyAfter(Throwable cause) {
        try {
            empty(folder);
        } catch (IOException left) {
            cause.addSuppressed(left);
        }
    }

    /** Deletes what is in a folder, not what its links lead to. */
    static void empty(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException why)
                            throws IOException {
                        if (why != null) {
                            throw why;
                        }
                        if (!inner.equals(folder)) {
                            Files.delete(inner);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private long archiveBytes() {
        try {
            return Files.size(archive);
        } catch (IOException e) {
            throw problem(
                    Phrase.of("the size of the archive is unknown: {0}", Cause.of(e)),
                    Phrase.of("Look at the disk"));
        }
    }

    private void dress(Manifest.Entry entry) throws IOException {
        Path path = EntryName.under(folder, entry.path());
        own(path, entry);
        Files.setAttribute(path, "unix:mode", entry.mode());
        Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
    }

    private void own(Path path, Manifest.Entry entry) throws IOException {
        Stat now = Stat.of(path);
        if (now.uid() == entry.uid() && now.gid() == entry.gid()) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            warnings.add(
                    Phrase.of(
                            "{0} keeps owner {1}:{2} instead of {3}:{4}: {5}",
                            entry.path(),
                            now.uid(),
                            now.gid(),
                            entry.uid(),
                            entry.gid(),
                            Cause.of(e)));
        }
    }

    private ProblemException problem(Phrase what, Phrase next) {
        return Problem.stop(what, folder.toString(), next);
    }
}
