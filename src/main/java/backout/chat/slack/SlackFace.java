package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.http.SignedDoor;

import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.jakarta_servlet.SlackAppServletAdapter;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.response.Response;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where everything from Slack arrives: {@code POST /slack/events}. Looks whether it really comes
 * from Slack, hands it to the front desk, and answers as soon as that has journalled it; what takes
 * longer goes on by itself.
 */
final class SlackFace extends SignedDoor {
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
    private static final String BODY = SlackFace.class.getName() + ".body";

    private final transient SlackBolt bolt;
    private final transient Adapter adapter;

    /**
     * @param nanos a clock that only goes forward
     */
    SlackFace(SlackBolt bolt, String signingSecret, InstantSource clock, LongSupplier nanos) {
        super(LETTERING, SlackProof.of(signingSecret), clock, nanos);
        this.bolt = bolt;
        adapter = new Adapter(bolt.config());
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
        Optional<Response> answer = bolt.answer(understood);
        if (answer.isPresent()) {
            adapter.writeResponse(response, answer.get());
        }
    }
}
