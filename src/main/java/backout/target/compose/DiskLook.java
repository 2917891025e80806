package backout.target.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.host.Host;
import backout.host.Space;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Say;

import java.nio.file.Path;

/**
 * Whether there is room. A full disk is a usual reason to roll back, so it stops only what cannot
 * be: a pull that finds no room, or keeping what the way back needs.
 */
final class DiskLook implements Look {
    /** Below this people are told. */
    static final long LOW = 200L << 20;

    /** The journal, and the files as they were. */
    private static final long LEAST = 1L << 20;

    private static final long FEW_INODES = 1000;
    private static final long LEAST_INODES = 20;

    private final Engine engine;
    private final Host host;
    private final Path stateDir;

    DiskLook(Engine engine, Host host, Path stateDir) {
        this.engine = engine;
        this.host = host;
        this.stateDir = stateDir;
    }

    @Override
    public Findings at(Ground ground) {
        long pull = ground.choice().isLocal() ? LEAST : toPull(ground);
        return look(Path.of(engine.info().dataRoot()), pull, ground)
                .and(look(stateDir, LEAST, ground));
    }

    /** Nobody knows before it is pulled; what runs now is about as large. */
    private long toPull(Ground ground) {
        return engine.images()
                .find(ground.container().imageId())
                .map(Image::sizeBytes)
                .map(size -> Math.min(LOW, size + size / 5))
                .orElse(LOW);
    }

    private Findings look(Path path, long needed, Ground ground) {
        Space space = host.space(path);
        long inodes = space.freeInodes().orElse(Long.MAX_VALUE);
        if (space.freeBytes() < needed || inodes < LEAST_INODES) {
            return Findings.red(
                    new Problem(
                            told(space, inodes < LEAST_INODES, needed, ground),
                            path.toString(),
                            Phrase.of(
                                    "make room without removing images that a rollback needs,"
                                            + " then ask again")));
        }
        return space.freeBytes() < LOW || inodes < FEW_INODES
                ? Findings.amber(
                        inodes < FEW_INODES
                                ? Phrase.of(
                                        "only {0} and {1} inodes are free on the disk of {2}",
                                        Say.bytes(space.freeBytes()), inodes, path)
                                : Phrase.of(
                                        "only {0} are free on the disk of {1}",
                                        Say.bytes(space.freeBytes()), path))
                : Findings.fine();
    }

    private static Phrase told(Space space, boolean inodes, long needed, Ground ground) {
        return inodes
                ? Phrase.of(
                        "only {0} free and {1} inodes, {2} are needed for {3}",
                        Say.bytes(space.freeBytes()),
                        space.freeInodes().orElse(0),
                        Say.bytes(needed),
                        ground.choice().release().name())
                : Phrase.of(
                        "only {0} free, {1} are needed for {2}",
                        Say.bytes(space.freeBytes()),
                        Say.bytes(needed),
                        ground.choice().release().name());
    }
}
