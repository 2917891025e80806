/**
 * Finds where the image of a compose service is written and changes that scalar or that env line,
 * nothing else. Follows what {@code docker compose} does with several files and documents, merge
 * keys, {@code extends}, {@code include} and {@code ${VAR}}. Pure code: writing is a host's. May
 * import the JDK, snakeyaml-engine and {@code backout.problem}. Start at {@link
 * backout.executor.compose.file.ComposeFiles}.
 */
@NullMarked
package backout.executor.compose.file;

import org.jspecify.annotations.NullMarked;
