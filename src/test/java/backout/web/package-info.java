/** The listeners, by sockets. */
@NullMarked
package backout.web;

import org.jspecify.annotations.NullMarked;
