/** Tells a group in DingTalk what happened, by one of its robots. */
@NullMarked
package backout.notify.dingtalk;

import org.jspecify.annotations.NullMarked;
