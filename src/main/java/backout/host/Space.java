package backout.host;

import java.util.OptionalLong;

/**
 * Room on a file system.
 *
 * @param freeInodes empty where the file system has no fixed number of them, or does not say
 */
public record Space(long freeBytes, long totalBytes, OptionalLong freeInodes) {}
