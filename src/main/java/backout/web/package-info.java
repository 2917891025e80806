/**
 * The two HTTP listeners: the public one, where chats reach the bot, and the private one with the
 * console. Knows Jetty and no page; whoever has something to serve brings a servlet. Start at
 * {@link backout.web.Listener}.
 */
@NullMarked
package backout.web;

import org.jspecify.annotations.NullMarked;
