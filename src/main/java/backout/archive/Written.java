package backout.archive;

import backout.language.Phrase;

import java.nio.file.Path;
import java.util.List;

/**
 * A backup that is on disk, not yet read back.
 *
 * @param sha256 of the archive file as it lies there
 * @param warnings what was skipped or changed while it was read, one sentence each; none means
 *     every file is as it was in one moment of its own, not all in the same moment
 */
public record Written(
        Path archive, long bytes, String sha256, Manifest manifest, List<Phrase> warnings) {
    public Written {
        warnings = List.copyOf(warnings);
    }
}
