/**
 * Puts everything together. Only {@link backout.App} and {@link backout.Main} know the adapters.
 * Start at {@link backout.Main}.
 */
@NullMarked
package backout;

import org.jspecify.annotations.NullMarked;
