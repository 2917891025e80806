package backout.host;

import backout.problem.Problem;
import backout.problem.ProblemException;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The machine that a target lives on. */
public interface Host {
    /**
     * Runs an argument list without a shell and waits for its end, at most until the command's
     * deadline; then it and all that it started are killed.
     *
     * @throws ProblemException when it could not be started: then nothing has happened
     * @throws java.io.UncheckedIOException when what takes its output failed: it was killed
     */
    Result run(Command command);

    /** Every variable that the command would see. The values may be secrets. */
    Map<String, String> environment(Command command);

    /**
     * The whole file; empty when there is none.
     *
     * @throws ProblemException when it exists and cannot be read, or holds more than {@code
     *     maxBytes}
     */
    Optional<byte[]> read(Path file, int maxBytes);

    /**
     * Replaces a file, whole or not at all; its mode, owner and access list stay.
     *
     * @param expected SHA-256, hexadecimal, of the bytes that it must hold now
     * @throws ProblemException with the file as it was; where nobody can tell, it says so
     */
    void write(Path file, byte[] content, String expected);

    boolean exists(Path path);

    /**
     * Room on the file system that holds the path; a path that is not there yet is looked up by its
     * nearest parent.
     *
     * @throws ProblemException when it cannot be told
     */
    Space space(Path path);

    /** Whether something listens; the answer is true at this moment only. */
    PortState port(String address, int port);

    /** {@code local}, or {@code ssh:NAME}: as the target writes it. */
    String name();

    /**
     * What is in a folder, by name; links are not followed.
     *
     * @throws ProblemException when it cannot be told, also where there is no such folder
     */
    List<Entry> list(Path folder);

    /**
     * The path behind all links; empty when there is nothing.
     *
     * @throws ProblemException when it cannot be told
     */
    Optional<Path> real(Path path);

    /** A link to one counts. */
    boolean isFolder(Path path);

    /**
     * Why a file could not be replaced, or why nothing could be put into a folder; empty when it
     * could be. What is not there yet is asked of the nearest folder that is. Asks the system,
     * which knows of owners, access lists, flags and mounts; nothing is written.
     */
    Optional<Problem> writable(Path path);

    /**
     * The processes that were started for that piece of work and still run.
     *
     * @param tag as in {@link Command#partOf}
     * @throws ProblemException when it cannot be told
     */
    List<String> atWork(String tag);

    /**
     * Where a port of this machine, as seen from itself, is reached from the bot's; it stays open
     * until the host is closed.
     *
     * @throws ProblemException when there is no way to it
     */
    InetSocketAddress reach(String address, int port);

    /**
     * Where the engine of this machine is reached from the bot's, in a form that {@code Engine.at}
     * takes; nobody else on the bot's machine gets in by it. It stays open until the host is
     * closed.
     *
     * @param engineAddress as on that machine: {@code unix:///var/run/docker.sock}
     * @throws ProblemException when there is no way to it
     */
    String door(String engineAddress);

    /**
     * A folder of this machine for a moment, for this user's eyes alone.
     *
     * @param files what lies in it, by name; one that ends in a slash is an empty folder
     * @throws ProblemException when it cannot be made: then nothing is left of it
     */
    default ScratchFolder scratch(Map<String, byte[]> files) {
        return FarScratch.of(this, files);
    }

    /**
     * Where the engine listens on this machine, where that is said with the machine: {@code
     * unix:///var/run/docker.sock}.
     */
    default Optional<String> engine() {
        return Optional.empty();
    }

    /** A path of this machine, as people are told of it. */
    default String place(Path path) {
        return name().equals("local") ? path.toString() : name() + ":" + path;
    }

    /** A line for this machine's shell, as a person types it on the bot's. */
    default String typed(String line) {
        return line;
    }

    /** Ends connections; the next use makes them anew. */
    default void close() {}

    /** The machine that Backout itself runs on. */
    static Host local() {
        return new LocalHost();
    }

    /** Closing removes it with all that is in it. */
    interface ScratchFolder extends AutoCloseable {
        Path path();

        /**
         * @throws ProblemException when it stays
         */
        @Override
        void close();
    }

    /**
     * One thing in a folder.
     *
     * @param size in bytes
     * @param modified to the second at least
     */
    record Entry(String name, Kind kind, long size, Instant modified) {}

    /** What a thing in a folder is. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** A pipe, a socket, a device. */
        OTHER
    }

    /**
     * Room on a file system.
     *
     * @param freeInodes empty where the file system has no fixed number of them, or does not say
     */
    public record Space(long freeBytes, OptionalLong freeInodes) {}

    /** What a look at a port gave. */
    public enum PortState {
        FREE,
        TAKEN,
        /**
         * The look itself was refused: a port below 1024 without the right to it, an address of
         * another machine.
         */
        UNKNOWN
    }
}
