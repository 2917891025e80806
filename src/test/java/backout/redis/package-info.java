/** Tests of the Redis means, against redis-server processes of their own. */
@NullMarked
package backout.redis;

import org.jspecify.annotations.NullMarked;
