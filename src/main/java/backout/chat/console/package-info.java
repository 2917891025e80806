/**
 * The terminal as a face of the bot: messages as text, a run followed line by line, the console.
 * Everything that strangers wrote is made visible before it is printed. Imports the core and JLine.
 * Start at {@link backout.chat.console.TextRenderer}, then {@link backout.chat.console.Follower}.
 */
@NullMarked
package backout.chat.console;

import org.jspecify.annotations.NullMarked;
