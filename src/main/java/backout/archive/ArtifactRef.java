package backout.archive;

import static java.util.Objects.requireNonNull;

/**
 * Where an artifact is and how to know it again; safe to journal.
 *
 * @param path relative to the artifacts' folder
 * @param sha256 of the encrypted file: the hash of a short secret itself would give it away
 * @param size bytes of the encrypted file
 */
public record ArtifactRef(String path, String sha256, long size) {
    public ArtifactRef {
        requireNonNull(path, "path is null");
        if (!sha256.matches("[0-9a-f]{64}") || size < 0) {
            throw new IllegalArgumentException("no reference to an artifact: " + path);
        }
    }
}
