package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.jakarta_servlet.SlackAppServletAdapter;
import com.slack.api.bolt.request.Request;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Where everything from Slack arrives: {@code POST /slack/events}. Looks whether it really comes
 * from Slack, hands it to the front desk, and answers as soon as that has journalled it; what takes
 * longer goes on by itself.
 */
public final class SlackFace extends HttpServlet {
    /** Below the public listener. */
    static final String PATH = "/slack/events";

    private static final Logger log = LoggerFactory.getLogger(SlackFace.class);
    private static final long serialVersionUID = 1;

    /** A command is 1 to 3 kB, a dialog with all that was filled in below that. */
    static final int MOST_BYTES = 64 << 10;

    private static final String TOO_LONG = "too long";
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    private static final String BODY = SlackFace.class.getName() + ".body";

    private final transient Signatures signatures;
    private final transient Refusals refusals;
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
        signatures = new Signatures(signingSecret, clock, nanos);
        refusals = new Refusals(log::warn, nanos);
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
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String stamp = header(request, "X-Slack-Request-Timestamp");
        String signature = header(request, "X-Slack-Signature");
        if (refused(signatures.ofHeaders(stamp, signature), response)) {
            return;
        }
        // a stranger's body is not read for longer than it could be Slack's
        if (request.getContentLengthLong() > MOST_BYTES) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LONG);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LONG);
            return;
        }
        if (!refused(signatures.check(stamp, signature, body), response)) {
            request.setAttribute(BODY, new String(body, UTF_8));
            run(request, response);
        }
    }

    /** Whoever sent it twice is done: a proxy that lost our answer must not see a failure. */
    private boolean refused(Signatures.Verdict verdict, HttpServletResponse response)
            throws IOException {
        switch (verdict) {
            case GENUINE -> {
                return false;
            }
            case REPLAYED -> log.info("a request of Slack came a second time and did nothing");
            case FORGED ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is not signed with the signing secret of config/chat.yml");
            case UNTIMELY ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is more than 5 minutes away from the bot's clock");
            case EARLIER ->
                    refuse(
                            response,
                            HttpServletResponse.SC_UNAUTHORIZED,
                            "this is from before the bot was started");
        }
        return true;
    }

    private static String header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    /** The connection ends with it: whoever forges one has more of them. */
    private void refuse(HttpServletResponse response, int status, String why) throws IOException {
        refusals.note(why);
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(why);
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
