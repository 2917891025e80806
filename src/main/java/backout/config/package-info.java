/**
 * Reads {@code commands/} and {@code config/} into the core's records and refuses a start with all
 * problems of all files at once, each with its line and key. Adapter: imports the core and
 * snakeyaml-engine. Start at {@link backout.config.SiteLoader}; what the files may hold is in
 * {@link backout.config.Keys}.
 */
@NullMarked
package backout.config;

import org.jspecify.annotations.NullMarked;
