/**
 * How anything that does not work is told to people. First package of the core: imports nothing but
 * the JDK. Start at {@link backout.problem.Problem}.
 */
@NullMarked
package backout.problem;

import org.jspecify.annotations.NullMarked;
