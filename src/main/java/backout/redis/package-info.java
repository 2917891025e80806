/**
 * Talks to the Redis that a service uses, with deadlines, and makes and proves its snapshots. A
 * means: may import the core, jedis and the means before it, through which its dump is read. Never
 * restarts, empties or configures a server. Start at {@link backout.redis.RedisServer}, then {@link
 * backout.redis.RedisDump}.
 */
@NullMarked
package backout.redis;

import org.jspecify.annotations.NullMarked;
