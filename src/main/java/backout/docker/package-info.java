/**
 * The Docker engine, the steps that images need, and the exchange of one container by another
 * image. A means: may import the core, the hosts, docker-java's transport and Jackson. Start at
 * {@link backout.docker.Engine}, then {@link backout.docker.SwapMove}.
 */
@NullMarked
package backout.docker;

import org.jspecify.annotations.NullMarked;
