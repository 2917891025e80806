/**
 * Rolls back one service of a Docker Compose project. Imports the core and the means. Start at
 * {@link backout.target.compose.ComposeExecutor}, then {@link backout.target.compose.Planner} for
 * what is decided and {@link backout.target.compose.UpMove} for the downtime.
 */
@NullMarked
package backout.target.compose;

import org.jspecify.annotations.NullMarked;
