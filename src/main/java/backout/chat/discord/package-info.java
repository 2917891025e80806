/**
 * Discord: what people type, press and hand in there, by its gateway (JDA) or by signed HTTP, and
 * the messages that the bot posts and edits by its token. An adapter: may import core, means, JDA,
 * OkHttp and Caffeine. Start at {@link backout.chat.discord.DiscordChat}.
 */
@NullMarked
package backout.chat.discord;

import org.jspecify.annotations.NullMarked;
