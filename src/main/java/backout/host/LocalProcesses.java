package backout.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes of this machine, recognised by their environment. */
final class LocalProcesses {
    private static final Path PROC = Path.of("/proc");

    private LocalProcesses() {}

    /** Numbers of those that carry the name of that work, not of this one. */
    static List<String> of(String tag) {
        String wanted = Command.WORK + "=" + tag;
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> !isOurself(process) && has(process, wanted))
                    .map(process -> process.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list processes", e);
        }
    }

    private static boolean isOurself(Path process) {
        return process.getFileName()
                .toString()
                .equals(Long.toString(ProcessHandle.current().pid()));
    }

    private static boolean has(Path process, String wanted) {
        try {
            String environment =
                    Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains(wanted);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException notOurs) {
            // Another user's process, or one that ended while it was read; ours can always be read
            return false;
        }
    }
}
