package backout.executor.compose;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Pause;
import backout.run.Work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes that an earlier, killed bot started for the same piece of work: killing the bot does
 * not stop its {@code docker compose}. They are recognised by their environment.
 */
final class Leftovers {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Path PROC = Path.of("/proc");

    private final Pause pause;

    Leftovers(Pause pause) {
        this.pause = pause;
    }

    /** Returns when none is at work any more. */
    void awaitNone(Work work) {
        while (!of(work.tag()).isEmpty()) {
            if (work.by().passed()) {
                throw Problem.stop(
                        Phrase.of(
                                "a docker compose of an earlier try is still at work: {0}",
                                of(work.tag())),
                        Phrase.of("wait until it ends, or end it"));
            }
            pause.waitFor(LOOK_AGAIN);
        }
    }

    private static List<String> of(String tag) {
        String wanted = ComposeCli.WORK + "=" + tag;
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
