package backout.archive;

import java.nio.file.Path;
import java.util.Optional;

/** Unpacks a proven backup into an empty folder beside the live data; never over it. */
public final class Restore {
    private final Space space;
    private final Sealed sealed;

    public Restore(Space space, Optional<AgeKey> key) {
        this.space = space;
        this.sealed = new Sealed(key);
    }

    /**
     * Unpacks and proves in one pass. When this throws, the folder is empty again.
     *
     * @param folder empty, or not there yet
     */
    public Restored toStaging(Path archive, Path folder, Limits limits) {
        var staging = new Staging(archive, folder, limits, space);
        staging.refuseUsed();
        try {
            Manifest manifest = new ArchiveReader(archive, sealed).read(staging);
            staging.finish();
            return new Restored(folder, manifest, staging.warnings());
        } catch (Throwable e) {
            staging.emptyAfter(e);
            throw e;
        }
    }
}
