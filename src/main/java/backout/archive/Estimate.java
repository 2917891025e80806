package backout.archive;

/** What a backup would hold, before compression. */
public record Estimate(long bytes, long files) {
    /** 1.2 times what is there: data grows while it is read, and some of it does not compress. */
    public long bytesNeeded() {
        return Math.addExact(bytes, bytes / 5);
    }
}
