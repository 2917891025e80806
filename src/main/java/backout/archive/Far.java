package backout.archive;

import backout.host.Host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What does not lie on this machine and is saved all the same: looked at first, then read as it
 * comes. Nothing of it is ever on this machine's disk but sealed.
 */
public abstract class Far {
    /** Whoever fails must not let the archive be finished. */
    public interface Check {
        /**
         * @param size how many bytes it will give
         */
        InputStream of(InputStream content, long size);
    }

    /** Writes one file as a tar, and returns when it is written. */
    public interface Tar {
        void into(OutputStream out, Duration within);
    }

    /**
     * Something that is there.
     *
     * @param name below the source, with slashes; empty for the source itself
     * @param inUse bytes on the disk
     * @param mark another one when it was written to
     */
    record Thing(String name, Stat stat, long inUse, boolean isReadable, String mark) {}

    /** Is given what comes. */
    interface Taker {
        /**
         * @param stat as it was when it was read
         * @param target what a link says
         */
        void take(Thing thing, Stat stat, String target, InputStream content) throws IOException;
    }

    /** A file or folder of another machine. */
    public static Far of(Host host, Path path) {
        return new FarTree(host, path);
    }

    /** A file that somebody hands over as a tar, such as an engine out of a container. */
    public static Far of(Tar tar) {
        return new FarFile(tar);
    }

    /** The same, whose files are looked through on their way. */
    public Far checkedBy(Check check) {
        return new FarChecked(this, check);
    }

    /** All that is there, parents before what is in them; empty when there is nothing. */
    abstract List<Thing> look(Duration within);

    /**
     * Hands these over, each at most once.
     *
     * @return what was said while it was read; it tells why something is missing
     * @throws backout.problem.ProblemException when it broke off
     */
    abstract String read(List<Thing> things, Duration within, Taker to) throws IOException;
}
