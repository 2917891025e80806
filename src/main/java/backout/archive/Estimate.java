package backout.archive;

/**
 * What a backup would hold, before compression.
 *
 * @param bytes in use on the disk: holes of files take no room
 * @param lengths bytes that have to be read, holes too
 */
public record Estimate(long bytes, long files, long lengths) {
    Estimate(long bytes, long files) {
        this(bytes, files, bytes);
    }

    /** 1.2 times what is there: data grows while it is read, and some of it does not compress. */
    public long bytesNeeded() {
        return Math.addExact(bytes, bytes / 5);
    }
}
