package backout.archive;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.time.Duration;

/** How much room a file really takes: one with holes can be far longer than the disk is large. */
final class Blocks {
    /** What is shorter is not worth asking about; Java itself cannot tell. */
    private static final long LONG = 64L << 20;

    private static final Host HERE = Host.parse("local");

    private Blocks() {}

    /** Its length where nobody can tell. */
    static long inUse(Path file, long length) {
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
