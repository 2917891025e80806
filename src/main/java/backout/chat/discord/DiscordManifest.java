package backout.chat.discord;

import backout.command.CommandSpec;

import java.util.List;
import java.util.Optional;

/**
 * What is entered where a Discord application is made, and the link that invites it with exactly
 * the permissions that the bot uses: https://docs.discord.com/developers/topics/permissions
 *
 * @param url where Discord reaches the bot, without the path; may be empty
 * @param application its id, where the token is known
 */
record DiscordManifest(List<CommandSpec> commands, String url, Optional<String> application) {
    private static final long VIEW_CHANNELS = 1L << 10;
    private static final long SEND_MESSAGES = 1L << 11;
    private static final long READ_MESSAGE_HISTORY = 1L << 16;
    private static final long CREATE_PUBLIC_THREADS = 1L << 35;
    private static final long SEND_MESSAGES_IN_THREADS = 1L << 38;

    static final long PERMISSIONS =
            VIEW_CHANNELS
                    | SEND_MESSAGES
                    | READ_MESSAGE_HISTORY
                    | CREATE_PUBLIC_THREADS
                    | SEND_MESSAGES_IN_THREADS;

    DiscordManifest {
        commands = List.copyOf(commands);
    }

    String text() {
        return """
        # Made by: bot/backout manifest discord --url https://HOST
        # Enter this at https://discord.com/developers/applications
        General Information:
          Name: Backout
          Description: Rolls services back and proves it
          Interactions Endpoint URL: empty; "%1$s" where discord/public-key is set in chat.yml
        Bot:
          Public Bot: no
          Presence Intent: no
          Server Members Intent: no
          Message Content Intent: no
        Installation:
          Installation Contexts: Guild Install
          Install Link: None
        # The bot registers /rollback by itself: %2$s
        # View Channels, Send Messages, Read Message History, Create Public Threads, Send Messages in Threads
        Invite link: https://discord.com/oauth2/authorize?client_id=%3$s&scope=bot+applications.commands&permissions=%4$d
        """
                .formatted(
                        (url.isEmpty() ? "https://HOST" : url.replaceFirst("/+$", ""))
                                + DiscordDoor.PATH,
                        String.join(
                                ", ",
                                new CommandSheet(commands)
                                        .commands().stream().map(CommandSpec::name).toList()),
                        application.orElse("APPLICATION-ID"),
                        PERMISSIONS);
    }
}
