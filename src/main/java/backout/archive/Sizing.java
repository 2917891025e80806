package backout.archive;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Adds up what would be saved, and opens nothing. */
final class Sizing implements Tree.Visitor {
    /** What is shorter is not worth asking about; Java itself cannot tell. */
    private static final long LONG = 64L << 20;

    private static final Host HERE = Host.local();

    private long bytes;
    private long files;
    private long lengths;

    @Override
    public void found(String name, Path path, Stat stat, Manifest.Kind kind) throws IOException {
        files++;
        if (kind != Manifest.Kind.FILE) {
            return;
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        bytes += inUse(path, stat.size());
        lengths += stat.size();
    }

    @Override
    public void found(Far far, Map<String, Far.Thing> things) {
        for (Far.Thing thing : things.values()) {
            files++;
            if (thing.stat().kind().filter(kind -> kind == Manifest.Kind.FILE).isPresent()) {
                bytes += thing.inUse();
                lengths += thing.stat().size();
            }
        }
    }

    Backup.Estimate estimate() {
        return new Backup.Estimate(bytes, files, lengths);
    }

    /**
     * How much room it really takes, its length where nobody can tell: a file with holes can be far
     * longer than the disk is large.
     */
    private static long inUse(Path file, long length) {
        if (length < LONG) {
            return length;
        }
        var ask = Command.of(Duration.ofSeconds(5), "stat", "-c", "%b %B", file.toString());
        try {
            return HERE.run(ask) instanceof Result.Exited told && told.isSuccess()
                    ? Math.min(length, product(told.stdout().text().strip(), length))
                    : length;
        } catch (ProblemException noStat) {
            return length;
        }
    }

    private static long product(String text, long otherwise) {
        String[] numbers = text.split(" ", -1);
        return text.matches("[0-9]{1,15} [0-9]{1,4}")
                ? Long.parseLong(numbers[0]) * Long.parseLong(numbers[1])
                : otherwise;
    }
}
