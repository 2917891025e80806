package backout.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Processes that demos started, known by a mark in their environment: whoever starts them again
 * hands it on.
 */
final class Marked {
    /** Holds the owner's name. None that begins with BACKOUT_ is handed on. */
    static final String VARIABLE = "DEMO_OF_BACKOUT";

    private static final Pattern MARK = Pattern.compile("(?:^|\0)" + VARIABLE + "=([^\0]*)");
    private static final int DIES_WITHIN_SECONDS = 5;

    private Marked() {}

    /** The names of all demos that have a process. */
    static List<String> names() {
        return ProcessHandle.allProcesses()
                .flatMap(one -> markOf(one).stream())
                .distinct()
                .toList();
    }

    /**
     * Kills all of one demo.
     *
     * @return how many there were
     */
    static int end(String name) {
        var all =
                ProcessHandle.allProcesses()
                        .filter(one -> markOf(one).filter(name::equals).isPresent())
                        .toList();
        for (ProcessHandle one : all) {
            one.destroyForcibly();
        }
        for (ProcessHandle one : all) {
            one.onExit().completeOnTimeout(one, DIES_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        }
        return all.size();
    }

    /** Empty where there is none, for one that has ended, and for those of others. */
    private static Optional<String> markOf(ProcessHandle one) {
        try {
            Path file = Path.of("/proc", Long.toString(one.pid()), "environ");
            var mark = MARK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
