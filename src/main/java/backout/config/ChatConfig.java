package backout.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What {@code config/chat.yml} says about the chats.
 *
 * @param slack empty where Slack is not served
 */
public record ChatConfig(Optional<Slack> slack) {
    /**
     * @param botToken reference to it: {@code env:SLACK_BOT_TOKEN}
     * @param signingSecret reference to it
     * @param address of the Web API, with a slash at its end
     * @param announce ids of channels
     */
    public record Slack(String botToken, String signingSecret, URI address, List<String> announce) {
        public Slack {
            announce = List.copyOf(announce);
        }
    }
}
