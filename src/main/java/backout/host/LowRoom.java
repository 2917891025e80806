package backout.host;

import backout.language.Phrase;
import backout.report.Say;
import backout.run.Findings;

import java.nio.file.Path;

/** Whether a disk is nearly full. A full disk is a usual reason to roll back: it stops nothing. */
public final class LowRoom {
    /** Bytes; below this people are told. */
    public static final long LOW = 200L << 20;

    private static final long FEW_INODES = 1000;

    private LowRoom() {}

    /**
     * @param path somewhere on the disk
     */
    public static Findings look(Host host, Path path) {
        Host.Space space = host.space(path);
        String place = host.place(path);
        String free = Say.bytes(space.freeBytes());
        long inodes = space.freeInodes().orElse(Long.MAX_VALUE);
        if (inodes < FEW_INODES) {
            return Findings.amber(
                    Phrase.of(
                            "only {0} and {1} inodes are free on the disk of {2}",
                            free, inodes, place));
        }
        return space.freeBytes() < LOW
                ? Findings.amber(Phrase.of("only {0} are free on the disk of {1}", free, place))
                : Findings.fine();
    }
}
