/**
 * Talks to the Redis that a service uses, with deadlines, and makes and proves its snapshots. A
 * means: may import the core and jedis. Never restarts, empties or configures a server. Start at
 * {@link backout.redis.RedisServer}.
 */
@NullMarked
package backout.redis;

import org.jspecify.annotations.NullMarked;
