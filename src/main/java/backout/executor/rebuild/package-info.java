/**
 * Makes the Docker environment of a service from nothing on a machine: engine, saved image, files,
 * start. Start reading at {@link backout.executor.rebuild.RebuildExecutor}; what the machine does
 * is in the scripts beside the resources of this package.
 */
@NullMarked
package backout.executor.rebuild;

import org.jspecify.annotations.NullMarked;
