package backout.archive;

import static java.util.Objects.requireNonNull;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of what a run keeps for its undo and may not show: inspect JSON, env files, the former
 * compose file. One age file each, mode 0600, never changed once it is there.
 */
public final class Artifacts {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final Path folder;
    private final Path keyFile;

    /**
     * @param keyFile made by the first {@link #put}; never made anew to read what another key
     *     encrypted
     */
    public Artifacts(Path folder, Path keyFile) {
        this.folder = folder;
        this.keyFile = keyFile;
    }

    public Ref put(String run, String name, byte[] content) {
        return put(run, name, new ByteArrayInputStream(content));
    }

    /**
     * Reads {@code content} to its end and does not close it; any size. Once it returns the
     * artifact survives a power cut. May be repeated: each call makes another file, so a reference
     * once journalled stays good.
     */
    public Ref put(String run, String name, InputStream content) {
        Path home = folder.resolve(plain(run));
        Path partial = home.resolve(plain(name) + "." + UUID.randomUUID() + ".partial");
        try {
            Durable.folder(folder);
            Durable.folder(home);
            return store(home, partial, name, content);
        } catch (IOException e) {
            throw cannot(
                    Phrase.of("cannot keep the artifact {0}: {1}", run + "/" + name, Cause.of(e)));
        }
    }

    /**
     * @throws ProblemException before the first byte when the file is not what was put; the caller
     *     closes the stream
     */
    public InputStream get(Ref ref) {
        String[] parts = ref.path().split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no artifact's path: " + ref.path());
        }
        Path file = folder.resolve(plain(parts[0])).resolve(plain(parts[1]));
        try {
            refuseChanged(file, ref);
            return AgeKey.load(keyFile).decrypting(Files.newInputStream(file));
        } catch (IOException e) {
            throw cannot(Phrase.of("cannot read the artifact {0}: {1}", ref.path(), Cause.of(e)));
        }
    }

    /** The runs and other names under which something is kept. */
    public List<String> owners() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(Files::isDirectory)
                    .map(home -> home.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw cannot(
                    Phrase.of("cannot list the artifact {0}: {1}", folder.toString(), Cause.of(e)));
        }
    }

    /**
     * Removes what an owner kept before then and nobody needs.
     *
     * @param needed is asked with each reference's path
     * @return the paths that went
     */
    public List<String> forget(String owner, Instant before, Predicate<String> needed) {
        Path home = folder.resolve(plain(owner));
        var gone = new ArrayList<String>();
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String path = owner + "/" + file.getFileName();
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(before);
                if (old && !needed.test(path)) {
                    Files.delete(file);
                    gone.add(path);
                }
            }
            Durable.syncFolder(home);
            return gone;
        } catch (IOException e) {
            throw cannot(Phrase.of("cannot remove the artifact {0}: {1}", owner, Cause.of(e)));
        }
    }

    /** What a person runs to have the content on the standard output. */
    public List<String> argv(Ref ref) {
        return List.of(
                "age",
                "--decrypt",
                "--identity",
                keyFile.toString(),
                folder.resolve(ref.path()).toString());
    }

    /** Everything a run kept; nothing to do when it kept nothing. */
    public void delete(String run) {
        Path home = folder.resolve(plain(run));
        if (!Files.isDirectory(home)) {
            return;
        }
        try {
            Staging.empty(home);
            Files.delete(home);
            Durable.syncFolder(folder);
        } catch (IOException e) {
            throw cannot(Phrase.of("cannot delete the artifact {0}: {1}", run, Cause.of(e)));
        }
    }

    private Ref store(Path home, Path partial, String name, InputStream content)
            throws IOException {
        AgeKey key = AgeKey.loadOrCreate(keyFile);
        try (var raw = new Tally(Channels.newOutputStream(Durable.create(partial)))) {
            try (var out = key.encrypting(raw)) {
                content.transferTo(out);
            }
            Durable.sync(partial);
            String sha256 = raw.sha256();
            Path target = home.resolve(name + "-" + sha256.substring(0, 16) + ".age");
            Durable.publish(partial, target);
            return new Ref(home.getFileName() + "/" + target.getFileName(), sha256, raw.bytes());
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static String hash(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Sha256.of(in);
        }
    }

    private static void refuseChanged(Path file, Ref ref) throws IOException {
        if (Files.size(file) != ref.size() || !hash(file).equals(ref.sha256())) {
            throw Problem.stop(
                    Phrase.of(
                            "the artifact is not the one that was kept: its {0} bytes have"
                                    + " another hash",
                            Files.size(file)),
                    file.toString(),
                    Phrase.of(
                            "Do not use it; look who changed the file or whether the disk"
                                    + " is ill"));
        }
    }

    private static String plain(String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a run or an artifact: " + name);
        }
        return name;
    }

    private ProblemException cannot(Phrase what) {
        return Problem.stop(
                what, folder.toString(), Phrase.of("Look at the folder's rights and free space"));
    }

    /**
     * Where an artifact is and how to know it again; safe to journal.
     *
     * @param path relative to the artifacts' folder
     * @param sha256 of the encrypted file: the hash of a short secret itself would give it away
     * @param size bytes of the encrypted file
     */
    public record Ref(String path, String sha256, long size) {
        public Ref {
            requireNonNull(path, "path is null");
            if (!sha256.matches("[0-9a-f]{64}") || size < 0) {
                throw new IllegalArgumentException("no reference to an artifact: " + path);
            }
        }
    }
}
