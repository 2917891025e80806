/**
 * Writes a first {@code config/} from what runs on this host: looks at the compose projects,
 * guesses where they answer, asks people, and writes everything or nothing. Adapter: imports the
 * core, the engine client and the HTTP client. Start at {@link backout.init.Init}.
 */
@NullMarked
package backout.init;

import org.jspecify.annotations.NullMarked;
