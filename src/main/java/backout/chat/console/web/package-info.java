/**
 * The bot's own web console: a channel with cards, an input line, the people and the targets, made
 * on the server and kept up to date by server-sent events. It works without scripts. Whatever
 * strangers wrote is text by construction: see {@link backout.chat.console.web.Html}. Imports the
 * core and the servlet API. Start at {@link backout.chat.console.web.ConsoleServlet}.
 */
@NullMarked
package backout.chat.console.web;

import org.jspecify.annotations.NullMarked;
