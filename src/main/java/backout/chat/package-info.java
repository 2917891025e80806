/**
 * What goes between people and the bot, whichever face they use: messages made of blocks, and
 * requests. Imports problem. Renderers are adapters. Start at {@link backout.chat.Message}.
 */
@NullMarked
package backout.chat;

import org.jspecify.annotations.NullMarked;
