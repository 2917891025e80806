package backout.docker;

/**
 * One line of a pull.
 *
 * @param layer empty for lines about the image as a whole
 * @param totalBytes 0 when not known
 */
public record PullProgress(String layer, String status, long doneBytes, long totalBytes) {}
