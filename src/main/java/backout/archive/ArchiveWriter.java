package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.Sha256;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what {@link Tree} finds into a tar and notes it for the manifest. */
final class ArchiveWriter implements Tree.Visitor, AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final List<Phrase> warnings = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];
    private final OutputStream packed;
    private final TarArchiveOutputStream tar;
    private final Guard guard;

    /**
     * @param packed compresses on the way
     */
    ArchiveWriter(OutputStream packed, Guard guard) {
        this.guard = guard;
        this.packed = packed;
        this.tar = new TarArchiveOutputStream(new BufferedOutputStream(packed, BUFFER), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    List<Manifest.Entry> entries() {
        return entries;
    }

    /** Grows while the archive is written. */
    List<Phrase> warnings() {
        return warnings;
    }

    @Override
    public void found(String name, Path path, Stat stat, Manifest.Kind kind) throws IOException {
        guard.check(0);
        switch (kind) {
            case FILE -> file(name, path);
            case FOLDER -> folder(name, stat);
            case LINK -> link(name, EntryName.target(Files.readSymbolicLink(path)), stat);
        }
    }

    /** Looked at again afterwards: what was written to meanwhile is told. */
    @Override
    public void found(Far far, Map<String, Far.Thing> things) throws IOException {
        var missing = new LinkedHashMap<Far.Thing, String>();
        things.forEach((name, thing) -> missing.put(thing, name));
        String said =
                far.read(
                        List.copyOf(missing.keySet()),
                        guard.left(),
                        (thing, stat, target, content) -> {
                            String name = missing.remove(thing);
                            if (name != null) {
                                far(name, thing, stat, target, content);
                            }
                        });
        var now = new HashMap<String, Far.Thing>();
        far.look(guard.left()).forEach(thing -> now.put(thing.name(), thing));
        for (Map.Entry<Far.Thing, String> one : missing.entrySet()) {
            notRead(one.getValue(), now.get(one.getKey().name()), said);
        }
        var changed = new HashSet<String>();
        things.forEach((name, thing) -> {
            Far.Thing then = now.get(thing.name());
            if (!missing.containsKey(thing)
                    && (then == null || !then.mark().equals(thing.mark()))) {
                changed.add(name);
            }
        });
        entries.replaceAll(entry -> changed.contains(entry.path()) ? changed(entry) : entry);
    }

    private void far(String name, Far.Thing thing, Stat stat, String target, InputStream content)
            throws IOException {
        guard.check(0);
        Manifest.Kind kind = thing.stat().kind().orElseThrow();
        if (stat.kind().orElseThrow() != kind) {
            warnings.add(becameOther(name));
            return;
        }
        switch (kind) {
            case FILE -> note(name, kind, stat, put(name, stat, content).sha256(), "", false);
            case FOLDER -> folder(name, stat);
            case LINK -> link(name, target, stat);
        }
    }

    private void notRead(String name, Far.@Nullable Thing now, String said) {
        if (now == null) {
            warnings.add(Tree.vanished(name));
        } else if (!now.isReadable()) {
            throw Tree.denied(name, Path.of(name));
        } else {
            throw Problem.stop(
                    Phrase.of("{0} could not be read: {1}", name, said),
                    name,
                    Phrase.of("Look at it there, or exclude it"));
        }
    }

    private Manifest.Entry changed(Manifest.Entry entry) {
        if (entry.kind() != Manifest.Kind.FILE) {
            return entry;
        }
        warnings.add(onlyCrashConsistent(entry.path()));
        return entry.asChanged();
    }

    /** Ends the tar, the compression and what lies below. */
    void finish() throws IOException {
        tar.close();
    }

    /** Frees the compressor; without {@link #finish} the archive stays unusable. */
    @Override
    public void close() throws IOException {
        packed.close();
    }

    private void folder(String name, Stat stat) throws IOException {
        var entry = entry(name + "/", stat, TarConstants.LF_DIR);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        note(name, Manifest.Kind.FOLDER, stat, "", "", false);
    }

    private void link(String name, String target, Stat stat) throws IOException {
        var entry = entry(name, stat, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        note(name, Manifest.Kind.LINK, stat, "", target, false);
    }

    private void file(String name, Path path) throws IOException {
        Optional<PlainFile> opened = PlainFile.open(path);
        if (opened.isEmpty()) {
            warnings.add(becameOther(name));
            return;
        }
        try (var file = opened.get()) {
            Put put = put(name, file.stat(), file.content());
            boolean changed = put.isShort() || !file.stat().equals(now(path));
            if (changed) {
                warnings.add(onlyCrashConsistent(name));
            }
            note(name, Manifest.Kind.FILE, file.stat(), put.sha256(), "", changed);
        }
    }

    /** Content that was put into the tar; what it lacked at its end is filled up. */
    private record Put(String sha256, boolean isShort) {}

    private Put put(String name, Stat stat, InputStream content) throws IOException {
        var entry = entry(name, stat, TarConstants.LF_NORMAL);
        entry.setSize(stat.size());
        tar.putArchiveEntry(entry);
        var digest = Sha256.digest();
        long missing = copy(content, stat.size(), digest);
        pad(missing, digest);
        tar.closeArchiveEntry();
        return new Put(Sha256.hex(digest), missing > 0);
    }

    private static Phrase becameOther(String name) {
        return Phrase.of("{0} became something else while the backup ran: skipped", name);
    }

    private static Phrase onlyCrashConsistent(String name) {
        return Phrase.of("{0} changed while it was read: it is only crash-consistent", name);
    }

    /**
     * What is missing at the end when the file shrank. A file that grew is cut at its former size.
     */
    private long copy(InputStream in, long size, MessageDigest digest) throws IOException {
        long left = size;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(BUFFER, left));
            if (n < 0) {
                break;
            }
            put(n, digest);
            left -= n;
        }
        return left;
    }

    private void pad(long missing, MessageDigest digest) throws IOException {
        Arrays.fill(buffer, 0, (int) Math.min(BUFFER, missing), (byte) 0);
        for (long left = missing; left > 0; left -= BUFFER) {
            put((int) Math.min(BUFFER, left), digest);
        }
    }

    private void put(int length, MessageDigest digest) throws IOException {
        tar.write(buffer, 0, length);
        digest.update(buffer, 0, length);
        guard.check(length);
    }

    private static @Nullable Stat now(Path path) throws IOException {
        try {
            return Stat.of(path);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private static TarArchiveEntry entry(String name, Stat stat, byte type) {
        var entry = new TarArchiveEntry(name, type);
        entry.setMode(stat.mode());
        entry.setUserId(stat.uid());
        entry.setGroupId(stat.gid());
        entry.setLastModifiedTime(stat.modified());
        return entry;
    }

    private void note(
            String name,
            Manifest.Kind kind,
            Stat stat,
            String sha256,
            String target,
            boolean changed) {
        long size = kind == Manifest.Kind.FILE ? stat.size() : 0;
        entries.add(
                new Manifest.Entry(
                        name,
                        kind,
                        size,
                        stat.mode(),
                        stat.uid(),
                        stat.gid(),
                        stat.modified().toInstant(),
                        sha256,
                        target,
                        changed));
    }
}
