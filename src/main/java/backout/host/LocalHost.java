package backout.host;

import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The machine that Backout itself runs on. */
final class LocalHost implements Host {
    private static final Path NOTHING = Path.of("/dev/null");

    @Override
    public Result run(Command command) {
        return new LocalRun(command).run();
    }

    @Override
    public Map<String, String> environment(Command command) {
        return LocalRun.environment(command);
    }

    @Override
    public Optional<byte[]> read(Path file, int maxBytes) {
        mustNotBeAPipe(file);
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw NotRead.tooLong(file, maxBytes);
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw NotRead.failed(file, Cause.of(e));
        }
    }

    @Override
    public void write(Path file, byte[] content, String expected) {
        var _ = SafeWrite.write(file, content, expected);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public Host.Space space(Path path) {
        var present = nearestExisting(path.toAbsolutePath());
        try {
            var store = Files.getFileStore(present);
            return new Host.Space(store.getUsableSpace(), freeInodes(present));
        } catch (IOException e) {
            throw NotRead.failed(present, Cause.of(e));
        }
    }

    @Override
    public Host.PortState port(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return Host.PortState.FREE;
        } catch (IOException e) {
            // The JDK gives one exception type for "in use" and for "not allowed": only the text
            // differs.
            return String.valueOf(e.getMessage()).contains("in use")
                    ? Host.PortState.TAKEN
                    : Host.PortState.UNKNOWN;
        }
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<Host.Entry> list(Path folder) {
        try (var paths = Files.newDirectoryStream(folder)) {
            var found = new ArrayList<Host.Entry>();
            for (Path path : paths) {
                entry(path).ifPresent(found::add);
            }
            found.sort(Comparator.comparing(Host.Entry::name));
            return found;
        } catch (IOException e) {
            throw NotRead.failed(folder, Cause.of(e));
        } catch (DirectoryIteratorException e) {
            throw NotRead.failed(folder, Cause.of(Objects.requireNonNull(e.getCause())));
        }
    }

    /** Empty when it went while the folder was read. */
    private static Optional<Host.Entry> entry(Path path) throws IOException {
        try {
            var is =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new Host.Entry(
                            String.valueOf(path.getFileName()),
                            kind(is),
                            is.size(),
                            is.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static Host.Kind kind(BasicFileAttributes is) {
        if (is.isSymbolicLink()) {
            return Host.Kind.LINK;
        }
        if (is.isDirectory()) {
            return Host.Kind.FOLDER;
        }
        return is.isRegularFile() ? Host.Kind.FILE : Host.Kind.OTHER;
    }

    @Override
    public Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw NotRead.failed(path, Cause.of(e));
        }
    }

    @Override
    public boolean isFolder(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public Optional<Problem> writable(Path path) {
        return Writable.look(path);
    }

    @Override
    public List<String> atWork(String tag) {
        return LocalProcesses.of(tag);
    }

    @Override
    public InetSocketAddress reach(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    @Override
    public Host.ScratchFolder scratch(Map<String, byte[]> files) {
        return Scratch.with(Scratch.usual(), files);
    }

    @Override
    public String door(String engineAddress) {
        return engineAddress;
    }

    /** Whoever opens a pipe waits until somebody writes into it, and that may be never. */
    private static void mustNotBeAPipe(Path file) {
        boolean isOther =
                Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        if (isOther && !file.equals(NOTHING)) {
            throw NotRead.pipe(file);
        }
    }

    private static Path nearestExisting(Path path) {
        var present = path;
        while (!Files.exists(present) && present.getParent() != null) {
            present = present.getParent();
        }
        return present;
    }

    /** The JDK does not tell inodes; {@code stat -f} does, in GNU and in busybox. */
    private OptionalLong freeInodes(Path path) {
        try {
            var asked =
                    Command.of(Duration.ofSeconds(5), "stat", "-f", "-c", "%d %c", path.toString());
            if (!(run(asked) instanceof Result.Exited told) || !told.isSuccess()) {
                return OptionalLong.empty();
            }
            var numbers = told.stdout().text().strip().split(" ", -1);
            // btrfs says 0 of 0: it has no fixed number
            return numbers.length == 2 && !numbers[1].equals("0")
                    ? OptionalLong.of(Long.parseLong(numbers[0]))
                    : OptionalLong.empty();
        } catch (ProblemException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
