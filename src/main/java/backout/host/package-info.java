/**
 * Where a target lives and what can be asked of that place: run an argument list, read a file, look
 * at disk space and ports. First of the means: may import {@code backout.problem} and the JDK.
 * Start at {@link backout.host.Host}.
 */
@NullMarked
package backout.host;

import org.jspecify.annotations.NullMarked;
