package backout.archive;

import java.util.Set;

/**
 * How far a restore trusts an archive.
 *
 * @param ratio most unpacked bytes per byte of archive; a bomb has thousands
 * @param pathLength most characters of a name
 * @param trusted names of entries that may be setuid, or links that lead outside
 */
public record Limits(long entries, long bytes, long ratio, int pathLength, Set<String> trusted) {
    public static final Limits USUAL = new Limits(5_000_000, 200L << 30, 5_000, 1024, Set.of());

    public Limits {
        trusted = Set.copyOf(trusted);
        if (entries < 1 || bytes < 1 || ratio < 1 || pathLength < 1) {
            throw new IllegalArgumentException("limits that let nothing pass");
        }
    }

    public Limits trusting(Set<String> names) {
        return new Limits(entries, bytes, ratio, pathLength, names);
    }

    /**
     * Of the whole tar, its headers included. Small archives of blank files compress better than
     * any bomb that matters, so they get 64 MiB.
     */
    long mostBytes(long archiveBytes) {
        long most = bytes + entries * 2048;
        long byRatio = archiveBytes > most / ratio ? most : archiveBytes * ratio;
        return Math.min(most, Math.max(byRatio, 64L << 20));
    }
}
