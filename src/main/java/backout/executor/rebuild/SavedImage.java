package backout.executor.rebuild;

import backout.docker.ImageName;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * An image in a file that {@code docker save} wrote, as the bot keeps it; proven to be the one that
 * was kept.
 *
 * @param id the image's ID, as the engine that loads it will name it
 * @param architecture as {@code amd64}
 * @param bytes of the file
 * @param tags of all images in it
 * @param at when it was kept
 */
record SavedImage(
        Path file,
        String sha256,
        String name,
        String id,
        String architecture,
        long bytes,
        List<String> tags,
        Instant at) {
    private static final int MOST = 4 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Reads all of it.
     *
     * @throws ProblemException when it is not there, is another one, or holds no image of that name
     */
    static SavedImage of(Path file, String sha256, String name) {
        try {
            requireSame(file, sha256);
            String config = config(file, name);
            JsonNode says = json(file, config);
            String id = "sha256:" + config.replaceFirst(".*/", "").replaceFirst("\\.json$", "");
            String architecture = says.path("architecture").asString("");
            return new SavedImage(
                    file,
                    sha256,
                    name,
                    id,
                    architecture,
                    Files.size(file),
                    tags(file),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException _) {
            throw stop(file, Phrase.of("the saved image is not there"));
        } catch (IOException | JacksonException e) {
            throw stop(file, Phrase.of("the saved image cannot be read: {0}", Cause.of(e)));
        }
    }

    private static void requireSame(Path file, String sha256) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String is = Sha256.of(in);
            if (!is.equalsIgnoreCase(sha256)) {
                throw stop(
                        file,
                        Phrase.of(
                                "the saved image is not the one that was kept: its SHA-256 is {0}",
                                is));
            }
        }
    }

    SavedImage {
        tags = List.copyOf(tags);
    }

    /** Whether an image of that name is in it. */
    boolean holds(String image) {
        return !image.isEmpty() && tags.stream().anyMatch(tag -> isNamed(tag, image));
    }

    private static List<String> tags(Path file) throws IOException {
        return json(file, "manifest.json")
                .valueStream()
                .flatMap(image -> image.path("RepoTags").valueStream())
                .map(tag -> tag.asString(""))
                .toList();
    }

    private static String config(Path file, String name) throws IOException {
        for (JsonNode image : json(file, "manifest.json")) {
            if (image.path("RepoTags")
                    .valueStream()
                    .anyMatch(tag -> isNamed(tag.asString(""), name))) {
                return image.path("Config").asString("");
            }
        }
        throw stop(file, Phrase.of("no image in it is named {0}", name));
    }

    /** What has no tag is the latest, and Docker Hub goes without saying. */
    static boolean isNamed(String tag, String name) {
        return tagged(tag).equals(tagged(name));
    }

    private static ImageName tagged(String name) {
        ImageName is = ImageName.parse(name);
        return is.tag() == null && is.digest() == null ? is.withTag("latest") : is;
    }

    private static JsonNode json(Path file, String entry) throws IOException {
        try (var tar = new TarArchiveInputStream(unpacked(file), "UTF-8")) {
            for (TarArchiveEntry next = tar.getNextEntry();
                    next != null;
                    next = tar.getNextEntry()) {
                if (next.getName().equals(entry) && next.getSize() <= MOST) {
                    return JSON.readTree(tar.readAllBytes());
                }
            }
        }
        throw stop(file, Phrase.of("it is no saved image: {0} is not in it", entry));
    }

    /** The engine loads both. */
    private static InputStream unpacked(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean isPacked = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isPacked ? new GzipCompressorInputStream(in) : in;
    }

    private static ProblemException stop(Path file, Phrase what) {
        return Problem.stop(
                what,
                file.toString(),
                Phrase.of(
                        "save it again where it still is: docker save --output FILE IMAGE; then"
                                + " write its sha256sum below image-hash:"));
    }
}
