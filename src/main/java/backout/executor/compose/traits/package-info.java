/**
 * What a container is made of, key by key: as it runs, and as compose would make it of its files.
 * Pure code over what {@code docker inspect} and {@code docker compose config} say; may import the
 * JDK, Jackson's tree and {@code backout.language}. Start at {@link
 * backout.executor.compose.traits.Traits}.
 */
@NullMarked
package backout.executor.compose.traits;

import org.jspecify.annotations.NullMarked;
