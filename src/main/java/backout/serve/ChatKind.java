package backout.serve;

import backout.command.CommandSpec;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;

import jakarta.servlet.http.HttpServlet;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One kind of chat.
 *
 * @param keys what {@code config/} may say about it
 * @param open begins nothing yet
 * @param manifest what the chat makes an app of, from the commands and the URL at which it reaches
 *     the bot
 */
public record ChatKind(
        ChatKeys keys,
        Function<Chat.Means, Chat<HttpServlet>> open,
        BiFunction<List<CommandSpec>, String, String> manifest) {
    public String name() {
        return keys.name();
    }

    /** What the chats declare. */
    public static List<ChatKeys> declared(List<ChatKind> kinds) {
        return kinds.stream().map(ChatKind::keys).toList();
    }
}
