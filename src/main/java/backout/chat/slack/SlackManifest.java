package backout.chat.slack;

import backout.command.CommandSpec;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Slack makes an app of, with every right that the bot uses and no other:
 * https://docs.slack.dev/reference/app-manifest
 *
 * @param url where Slack reaches the bot, without the path; empty where the bot calls Slack
 */
record SlackManifest(List<CommandSpec> commands, String url) {
    /**
     * The posts of runs, what is said to the bot, finding again those posts of which it does not
     * know the address, and people's languages.
     */
    static final List<String> SCOPES =
            List.of(
                    "commands",
                    "chat:write",
                    "app_mentions:read",
                    "channels:history",
                    "groups:history",
                    "users:read");

    SlackManifest {
        commands = List.copyOf(commands);
    }

    /** YAML, to be pasted at "Create app", "From a manifest". */
    String text() {
        return """
        # Made by: bot/backout manifest slack%1$s
        _metadata:
          major_version: 1
          minor_version: 1
        display_information:
          name: Backout
          description: Rolls services back and proves it
        features:
          app_home:
            home_tab_enabled: true
            messages_tab_enabled: true
            messages_tab_read_only_enabled: true
          bot_user:
            display_name: backout
            always_online: true
          shortcuts:
            - name: Roll this back
              type: message
              callback_id: %2$s
              description: Opens the form of a rollback, with what the message names
          slash_commands:
            - command: /rollback
        %3$s      description: Roll a service back
              usage_hint: "%4$s"
              should_escape: false
        oauth_config:
          scopes:
            bot:
        %5$s
        settings:
          event_subscriptions:
        %6$s    bot_events:
              - app_home_opened
              - app_mention
          interactivity:
            is_enabled: true
        %6$s%7$s  org_deploy_enabled: false
          socket_mode_enabled: %8$s
          token_rotation_enabled: false
        """
                .formatted(
                        isCalled() ? " --url https://HOST" : "",
                        SlackBolt.SHORTCUT,
                        called("      url"),
                        hint(),
                        scopes(),
                        called("    request_url"),
                        called("    message_menu_options_url"),
                        !isCalled());
    }

    private boolean isCalled() {
        return !url.isEmpty();
    }

    private String called(String key) {
        String where = url.replaceFirst("/+$", "") + SlackFace.PATH;
        return isCalled() ? key + ": \"" + where + "\"\n" : "";
    }

    /** Rollbacks first: that is what people come for. */
    private String hint() {
        return commands.stream()
                .sorted(
                        Comparator.comparing((CommandSpec command) -> !command.rollsBack())
                                .thenComparing(CommandSpec::name))
                .map(CommandSpec::name)
                .collect(Collectors.joining(" | "));
    }

    private static String scopes() {
        return SCOPES.stream()
                .map(scope -> "      - \"" + scope + "\"")
                .collect(Collectors.joining("\n"));
    }
}
