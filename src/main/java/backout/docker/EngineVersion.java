package backout.docker;

/**
 * What answers.
 *
 * @param api the API version that both sides agreed on, as in {@code 1.41}
 */
public record EngineVersion(String version, String api, String os, String architecture) {}
