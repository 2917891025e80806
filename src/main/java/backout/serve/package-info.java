/**
 * A bot that serves: {@link backout.serve.Assembly} makes it of a configuration, {@link
 * backout.serve.Faces} opens the ways in (the public listener, where chats reach the bot, and the
 * private one with the console), {@link backout.serve.Operators} shows those who operate it what it
 * needs. Start at {@link backout.serve.Serve}.
 */
@NullMarked
package backout.serve;

import org.jspecify.annotations.NullMarked;
