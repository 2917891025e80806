package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;
import backout.http.SignedDoor;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.jakarta_servlet.SlackAppServletAdapter;
import com.slack.api.bolt.request.Request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Where everything from Slack arrives: {@code POST /slack/events}. Looks whether it really comes
 * from Slack, hands it to the front desk, and answers as soon as that has journalled it; what takes
 * longer goes on by itself.
 */
public final class SlackFace extends SignedDoor {
    /** Below the public listener. */
    static final String PATH = "/slack/events";

    private static final Logger log = LoggerFactory.getLogger(SlackFace.class);
    private static final long serialVersionUID = 1;

    private static final Lettering LETTERING =
            new Lettering(
                    "Slack",
                    "X-Slack-Request-Timestamp",
                    "X-Slack-Signature",
                    "the signing secret of config/chat.yml");
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    private static final String BODY = SlackFace.class.getName() + ".body";

    private final transient App bolt;
    private final transient Adapter adapter;
    private final transient SlackTalk talk;

    /**
     * @param desk takes a request and returns once it is journalled
     * @param nanos a clock that only goes forward
     */
    public SlackFace(
            SlackApi api,
            String signingSecret,
            Site site,
            SlackReaders readers,
            Function<ChatRequest, Reply> desk,
            InstantSource clock,
            LongSupplier nanos) {
        super(LETTERING, SlackProof.of(signingSecret), clock, nanos);
        var room = new SlackRoom(api, site, readers);
        var people = SlackChat.people(site);
        var whispers = new Whispers(api, room, people, readers);
        talk = new SlackTalk(people, readers, desk, whispers, api);
        bolt = bolt(api, talk);
        adapter = new Adapter(bolt.config());
    }

    /**
     * Without any of Bolt's middleware: the signature is checked here, more strictly, and a signed
     * request of our own app needs no auth.test before each of them.
     */
    private static App bolt(SlackApi api, SlackTalk talk) {
        var config =
                AppConfig.builder()
                        .slack(api.slack())
                        .appInitializersEnabled(false)
                        .allEventsApiAutoAckEnabled(true)
                        .threadPoolSize(1)
                        .build();
        return new App(config, api.slack(), List.of())
                .command(ANY, talk::typed)
                .blockAction(ANY, talk::pressed)
                .viewSubmission(ANY, talk::submitted)
                .viewClosed(ANY, (_, context) -> context.ack());
    }

    /** Lets Bolt have the body that was checked. */
    private static final class Adapter extends SlackAppServletAdapter {
        private Adapter(AppConfig config) {
            super(config);
        }

        @Override
        protected String doReadRequestBodyAsString(HttpServletRequest request) {
            return String.valueOf(request.getAttribute(BODY));
        }
    }

    @Override
    protected void genuine(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setAttribute(BODY, new String(body, UTF_8));
        run(request, response);
    }

    /** Slack sends again what it gets a 500 for; so nothing here ends in one. */
    private void run(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Request<?> understood;
        try {
            understood = adapter.buildSlackRequest(request);
        } catch (RuntimeException e) {
            log.warn("a signed request of Slack is not in a form that Bolt reads", e);
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "not understood");
            return;
        }
        if (understood == null) {
            log.info("a signed request of Slack is of a kind that means nothing here");
            return;
        }
        try {
            adapter.writeResponse(response, bolt.run(understood));
        } catch (Exception e) {
            log.error("a request of Slack could not be worked on, it was answered empty", e);
        }
    }

    /** Lets answers that are under way go out, for a few seconds. */
    @Override
    public void destroy() {
        talk.close();
    }
}
