/**
 * The Docker engine, and the exchange of one container by another image. A means: may import {@code
 * backout.problem}, docker-java's transport and Jackson. Start at {@link backout.docker.Engine},
 * then {@link backout.docker.ContainerSwap}.
 */
@NullMarked
package backout.docker;

import org.jspecify.annotations.NullMarked;
