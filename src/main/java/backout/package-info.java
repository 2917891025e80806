/**
 * Puts everything together: {@link backout.Main} starts, with the kinds of targets and of chats
 * that there are; {@link backout.App} makes every object; {@link backout.WarmUp} is the other way
 * in, for the cache of the launcher. Start at {@link backout.Main}.
 */
@NullMarked
package backout;

import org.jspecify.annotations.NullMarked;
