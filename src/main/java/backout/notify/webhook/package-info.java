/** Tells another program what happened, by a signed request. */
@NullMarked
package backout.notify.webhook;

import org.jspecify.annotations.NullMarked;
