package backout.docker;

/** A line that a container wrote. */
public record LogLine(Stream stream, String text) {
    /** A container with a terminal has only the first. */
    public enum Stream {
        STDOUT,
        STDERR
    }
}
