package backout.config;

import java.nio.file.Path;

/** The folders that say what is what; {@code given} are the options as they were typed. */
public record Folders(Path config, Path commands, String given) {}
