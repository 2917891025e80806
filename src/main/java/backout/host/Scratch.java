package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and folders for a moment, for this user's eyes alone, named after the process that made
 * them. Whoever makes one removes what processes left that were killed.
 */
public final class Scratch {
    private static final Logger log = LoggerFactory.getLogger(Scratch.class);

    private static final Pattern OWNED =
            Pattern.compile("backout-(([0-9]{1,18})-[0-9]{1,18})-[0-9]+(?:\\.out)?");

    private Scratch() {}

    /** To be removed by {@link #remove}; empty, mode 0700. */
    public static Path folder() throws IOException {
        return folder(usual());
    }

    /** The same below another folder than the usual one. */
    public static Path folder(Path temporary) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "backout-" + owner() + "-");
        removeOrphans(temporary);
        return folder;
    }

    /**
     * The same with files in it.
     *
     * @throws ProblemException when it cannot be made: then nothing is left of it
     */
    public static Host.ScratchFolder with(Path temporary, Map<String, byte[]> files) {
        try {
            var made = new Made(folder(temporary));
            try {
                for (var file : files.entrySet()) {
                    made.put(file.getKey(), file.getValue());
                }
                return made;
            } catch (IOException e) {
                remove(made.path());
                throw e;
            }
        } catch (IOException e) {
            throw unusable(temporary, e);
        }
    }

    private static ProblemException unusable(Path folder, IOException e) {
        return Problem.stop(
                Phrase.of("no folder for a moment: {0}", Cause.of(e)),
                folder.toString(),
                Phrase.of("make room in the folder of temporary files"));
    }

    private record Made(Path path) implements Host.ScratchFolder {
        void put(String name, byte[] content) throws IOException {
            if (name.endsWith("/")) {
                Files.createDirectories(path.resolve(name));
            } else {
                Path file = path.resolve(name);
                Files.createDirectories(file.resolveSibling("."));
                Files.write(file, content);
            }
        }

        @Override
        public void close() {
            try {
                remove(path);
            } catch (IOException e) {
                throw unusable(path, e);
            }
        }
    }

    static Path file() throws IOException {
        Path file = Files.createTempFile("backout-" + owner() + "-", ".out");
        removeOrphans(usual());
        return file;
    }

    public static Path usual() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /** Links in it are removed, not followed. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepest = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepest) {
                Files.delete(path);
            }
        }
    }

    /** A process id alone is given again to another process. */
    private static String owner() {
        return owner(ProcessHandle.current());
    }

    private static String owner(ProcessHandle process) {
        return process.pid()
                + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Whoever still writes there loses nothing that anybody reads. */
    private static void removeOrphans(Path temporary) {
        try (var paths = Files.newDirectoryStream(temporary, "backout-*")) {
            for (Path path : paths) {
                if (isOrphan(String.valueOf(path.getFileName())) && isOurs(path)) {
                    remove(path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("what killed processes left stays in {}: {}", temporary, e.getMessage());
        }
    }

    /** What another user planted under such a name is left alone. */
    private static boolean isOurs(Path path) throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getOwner(Path.of("/proc/self")));
    }

    private static boolean isOrphan(String name) {
        Matcher owned = OWNED.matcher(name);
        return owned.matches()
                && ProcessHandle.of(Long.parseLong(owned.group(2)))
                        .filter(process -> owner(process).equals(owned.group(1)))
                        .isEmpty();
    }
}
