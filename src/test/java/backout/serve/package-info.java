/** The listeners, by sockets. */
@NullMarked
package backout.serve;

import org.jspecify.annotations.NullMarked;
