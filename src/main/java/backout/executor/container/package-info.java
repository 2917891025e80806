/**
 * Rolls back one container that {@code docker run} made. Start reading at {@link
 * backout.executor.container.ContainerExecutor}; the exchange itself is {@link
 * backout.docker.SwapMove}.
 */
@NullMarked
package backout.executor.container;

import org.jspecify.annotations.NullMarked;
