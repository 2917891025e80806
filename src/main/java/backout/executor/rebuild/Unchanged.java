package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Cause;
import backout.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was read of large files, for each target: files that are as they were are not read again.
 *
 * @param <T> what is read
 */
final class Unchanged<T> {
    private final Map<TargetName, Read<T>> read = new ConcurrentHashMap<>();

    private record Read<T>(List<Object> stamp, T what) {}

    /**
     * @param settings by which it is read
     * @param files that it is read from
     */
    T of(TargetName target, Object settings, List<Path> files, Supplier<T> reading) {
        List<Object> stamp = stamp(settings, files);
        Read<T> before = read.get(target);
        if (before != null && before.stamp().equals(stamp)) {
            return before.what();
        }
        T what = reading.get();
        read.put(target, new Read<>(stamp, what));
        return what;
    }

    private static List<Object> stamp(Object settings, List<Path> files) {
        var stamp = new ArrayList<Object>(List.of(settings));
        for (Path file : files) {
            try {
                if (Files.exists(file)) {
                    stamp.add(Files.getLastModifiedTime(file));
                    stamp.add(Files.size(file)); // whoever copies may keep the time
                }
            } catch (IOException e) {
                throw Problem.stop(
                        Phrase.of("it cannot be read: {0}", Cause.of(e)),
                        file.toString(),
                        Phrase.of("look at the bot's disk, then ask again"));
            }
        }
        return stamp;
    }
}
