/**
 * Where a target lives and what can be asked of that place: run an argument list, read a file, look
 * at disk space and ports; here or, over SSH, on another machine. First of the means: may import
 * the core. Start at {@link backout.host.Host}.
 */
@NullMarked
package backout.host;

import org.jspecify.annotations.NullMarked;
