package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
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

    boolean exists(Path path);

    /**
     * Room on the file system that holds the path; a path that is not there yet is looked up by its
     * nearest parent.
     *
     * @throws ProblemException when it cannot be told
     */
    Space space(Path path);

    /**
     * Whether something listens; asked by trying to listen, so the answer is true at this moment
     * only.
     */
    PortState port(String address, int port);

    /**
     * The host of that name.
     *
     * @throws ProblemException for anything but {@code local}
     */
    static Host parse(String name) {
        if (name.equals("local")) {
            return new LocalHost();
        }
        if (name.startsWith("ssh:")) {
            throw Problem.stop(
                    Phrase.of("host {0}: this release reaches local hosts only", name),
                    Phrase.of("Run Backout on that machine and write host: local"));
        }
        throw Problem.stop(
                Phrase.of("host {0} is not a kind of host", name), Phrase.of("Write host: local"));
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
