package backout.executor.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Say;

import java.nio.file.Path;

/**
 * Whether there is room. A full disk is a usual reason to roll back, so it stops only what cannot
 * be: a pull that finds no room, or keeping what the way back needs.
 */
final class DiskLook implements Preflight.Look {
    /** Below this people are told. */
    static final long LOW = 200L << 20;

    private static final long FEW_INODES = 1000;

    private final Engine engine;
    private final Host host;
    private final Path stateDir;

    DiskLook(Engine engine, Host host, Path stateDir) {
        this.engine = engine;
        this.host = host;
        this.stateDir = stateDir;
    }

    @Override
    public Findings at(Prospect prospect) {
        Path images = Path.of(engine.info().dataRoot());
        Findings pull =
                prospect.members().stream().allMatch(member -> member.choice().isHere())
                        ? Findings.fine()
                        : pull(images, prospect);
        return pull.red().isEmpty()
                ? pull.and(room(host, images)).and(room(Host.local(), stateDir))
                : pull;
    }

    private Findings pull(Path images, Prospect prospect) {
        long needed = toPull(prospect);
        long free = host.space(images).freeBytes();
        return free >= needed
                ? Findings.fine()
                : Findings.red(
                        new Problem(
                                Phrase.of(
                                        "only {0} free, {1} are needed for {2}",
                                        Say.bytes(free),
                                        Say.bytes(needed),
                                        prospect.choice().release().name()),
                                host.place(images),
                                Phrase.of(
                                        "make room without removing images that a rollback needs,"
                                                + " then ask again")));
    }

    /** Nobody knows before it is pulled; what runs now is about as large. */
    private long toPull(Prospect prospect) {
        return engine.images()
                .find(prospect.container().imageId())
                .map(Image::sizeBytes)
                .map(size -> Math.min(LOW, size + size / 5))
                .orElse(LOW);
    }

    private static Findings room(Host host, Path path) {
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
