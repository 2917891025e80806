package backout.chat.slack;

import backout.command.CommandSpec;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Slack makes an app of, with every right that the bot uses and no other:
 * https://docs.slack.dev/reference/app-manifest
 *
 * @param url where Slack reaches the bot, without the path
 */
record SlackManifest(List<CommandSpec> commands, String url) {
    /**
     * The posts of runs, finding again those of which the bot does not know the address, and
     * people's languages.
     */
    static final List<String> SCOPES =
            List.of("commands", "chat:write", "channels:history", "groups:history", "users:read");

    SlackManifest {
        commands = List.copyOf(commands);
    }

    /** YAML, to be pasted at "Create app", "From a manifest". */
    String text() {
        String events = url.replaceFirst("/+$", "") + SlackFace.PATH;
        return """
        # Made by: bot/backout manifest slack --url https://HOST
        _metadata:
          major_version: 1
          minor_version: 1
        display_information:
          name: Backout
          description: Rolls services back and proves it
        features:
          bot_user:
            display_name: backout
            always_online: true
          slash_commands:
            - command: /rollback
              url: "%1$s"
              description: Roll a service back
              usage_hint: "%2$s"
              should_escape: false
        oauth_config:
          scopes:
            bot:
        %3$s
        settings:
          interactivity:
            is_enabled: true
            request_url: "%1$s"
          org_deploy_enabled: false
          socket_mode_enabled: false
          token_rotation_enabled: false
        """
                .formatted(events, hint(), scopes());
    }

    /** Rollbacks first: that is what people come for. */
    private String hint() {
        return commands.stream()
                .sorted(
                        Comparator.comparing((CommandSpec command) -> !command.isRollback())
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
