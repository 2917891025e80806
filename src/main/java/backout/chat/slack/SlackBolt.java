package backout.chat.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.bolt.util.SlackRequestParser.HttpRequest;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bolt, which knows what Slack sends; the same whichever way it comes in. */
final class SlackBolt {
    private static final Logger log = LoggerFactory.getLogger(SlackBolt.class);
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    /** The entry of a message's menu that says: roll this back. */
    static final String SHORTCUT = "roll-back";

    private final App bolt;

    /**
     * Without any of Bolt's middleware: who lets something in has looked whether it is Slack's,
     * more strictly, and a request of our own app needs no auth.test before each of them.
     */
    SlackBolt(SlackApi api, SlackTalk talk) {
        var config =
                AppConfig.builder()
                        .slack(api.slack())
                        .appInitializersEnabled(false)
                        .allEventsApiAutoAckEnabled(true)
                        .threadPoolSize(1)
                        .build();
        bolt =
                new App(config, api.slack(), List.of())
                        .command(ANY, talk::typed)
                        .blockAction(ANY, talk::pressed)
                        .messageShortcut(SHORTCUT, talk::pointedAt)
                        .blockSuggestion(ANY, talk::suggested)
                        .event(AppMentionEvent.class, talk::mentioned)
                        .event(AppHomeOpenedEvent.class, talk::opened)
                        .viewSubmission(ANY, talk::submitted)
                        .viewClosed(ANY, (_, context) -> context.ack());
    }

    /**
     * What came by a socket, as Slack wrote it.
     *
     * @return the JSON to answer with, where there is any
     */
    Optional<String> answer(String payload) {
        Request<?> understood;
        try {
            understood =
                    new SlackRequestParser(bolt.config())
                            .parse(
                                    HttpRequest.builder()
                                            .socketMode(true)
                                            .requestBody(payload)
                                            .headers(new RequestHeaders(Map.of()))
                                            .build());
        } catch (RuntimeException e) {
            log.warn("an envelope of Slack is not in a form that Bolt reads", e);
            return Optional.empty();
        }
        return answer(understood)
                .filter(response -> response.getStatusCode() == 200)
                .map(Response::getBody)
                .filter(body -> body.startsWith("{"));
    }

    AppConfig config() {
        return bolt.config();
    }

    /**
     * Works on it and returns once the front desk has it.
     *
     * @param understood null for a kind that Bolt does not know
     * @return empty where there is nothing to answer; nothing that goes wrong here is Slack's to
     *     send again
     */
    Optional<Response> answer(@Nullable Request<?> understood) {
        if (understood == null) {
            log.info("a request of Slack is of a kind that means nothing here");
            return Optional.empty();
        }
        try {
            return Optional.of(bolt.run(understood));
        } catch (Exception e) {
            log.error("a request of Slack could not be worked on, it was answered empty", e);
            return Optional.empty();
        }
    }
}
