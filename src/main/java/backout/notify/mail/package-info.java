/** Tells people what happened, by mail. */
@NullMarked
package backout.notify.mail;

import org.jspecify.annotations.NullMarked;
