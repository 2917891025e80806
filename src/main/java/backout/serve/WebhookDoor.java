package backout.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.ChatRequest.OfProgram;
import backout.chat.ChatRequest.OfProgram.Wish;
import backout.chat.Message;
import backout.chat.Place;
import backout.check.Secret;
import backout.frontdesk.Bot;
import backout.frontdesk.Reply;
import backout.http.Signatures;
import backout.http.Signed;
import backout.http.SignedDoor;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Where a pipeline asks for a rollback or tells of a deploy: {@code POST /webhook/NAME} with JSON,
 * signed as our own webhooks are. NAME is a program of {@code people.yml}. What comes again with
 * the same id is answered the same and done once.
 */
final class WebhookDoor extends SignedDoor {
    /** Below the public listener. */
    static final String PATH = "/webhook/*";

    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(WebhookDoor.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FORM = Pattern.compile("v1=[0-9a-f]{64}");

    /** An id of a build, a commit, a UUID. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");

    /** A word, as it would be typed: what is more could be read as further words. */
    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");

    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,500}");
    private static final Lettering LETTERING =
            new Lettering(
                    "a webhook",
                    "Backout-Timestamp",
                    "Backout-Signature",
                    "the webhook secret of a program of config/people.yml");

    private final transient Bot bot;
    private final transient Secrets secrets;
    private final transient LongSupplier nanos;
    private final transient ReentrantLock one = new ReentrantLock();

    /**
     * @param nanos a clock that only goes forward
     */
    WebhookDoor(Bot bot, Secrets secrets, LongSupplier nanos) {
        super(LETTERING, signatures(Optional.empty(), bot, nanos), nanos);
        this.bot = bot;
        this.secrets = secrets;
        this.nanos = nanos;
    }

    private static Signatures signatures(Optional<Secret> secret, Bot bot, LongSupplier nanos) {
        return Signatures.ofWhatIsKnown(new Hmac(secret), bot.clock(), nanos);
    }

    /** Of the program that is named; of nobody where there is none, which takes as long. */
    @Override
    protected Signatures signatures(HttpServletRequest request) {
        Optional<Secret> secret =
                Optional.ofNullable(bot.site().programs().get(name(request)))
                        .map(Person::webhook)
                        .flatMap(secrets::of);
        return signatures(secret, bot, nanos);
    }

    private static String name(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getPathInfo(), "/").substring(1);
    }

    /** HMAC-SHA256 over the time stamp, a dot and the body. */
    private record Hmac(Optional<Secret> secret) implements Signatures.Proof {
        @Override
        public Pattern form() {
            return FORM;
        }

        @Override
        public boolean holds(String timestamp, String signature, byte[] body) {
            String key = secret.map(Secret::reveal).orElse("nobody");
            byte[] mac = Signed.text(timestamp + "." + new String(body, UTF_8), key);
            String wanted = "v1=" + HexFormat.of().formatHex(mac);
            return MessageDigest.isEqual(wanted.getBytes(UTF_8), signature.getBytes(UTF_8))
                    && secret.isPresent();
        }
    }

    /** The same at once is one after the other: the second finds what the first did. */
    @Override
    protected void genuine(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OfProgram asked;
        try {
            asked = asked(name(request), body);
        } catch (ProblemException e) {
            answer(response, 400, told(e.problem()));
            return;
        }
        one.lock();
        try {
            answer(response, bot.take(asked));
        } catch (ProblemException e) {
            log.info("{} is refused: {}", asked.person(), e.problem());
            answer(response, 409, told(e.problem()));
        } catch (RuntimeException e) {
            log.error("what {} sent cannot be worked on: our own fault", asked.person(), e);
            answer(response, 500, Map.of("problem", "a fault of Backout; its log says more"));
        } finally {
            one.unlock();
        }
    }

    private static Map<String, String> told(Problem problem) {
        var told = new LinkedHashMap<String, String>();
        told.put("problem", problem.what().toString());
        told.put("next", problem.next().toString());
        return told;
    }

    private static void answer(HttpServletResponse response, Reply reply) throws IOException {
        switch (reply) {
            case Reply.OfRun(var run, var says) ->
                    answer(response, 202, Map.of("run", run.text(), "says", says.toString()));
            case Reply.OfTarget(var _, var message) -> answer(response, 200, noted(message));
            case Reply.Ask(var _, var otherwise) -> answer(response, 400, told(otherwise));
            case Reply.Told _, Reply.Later _ -> throw new IllegalStateException("no such answer");
        }
    }

    private static Map<String, String> noted(Message message) {
        var noted = new LinkedHashMap<String, String>();
        noted.put("says", message.summary().toString());
        message.blocks().stream()
                .skip(1)
                .map(block -> ((Block.Text) block).text().toString())
                .forEach(warning -> noted.put("warning", warning));
        return noted;
    }

    private static void answer(HttpServletResponse response, int status, Map<String, String> body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json; charset=utf-8");
        response.getWriter().println(JSON.writeValueAsString(body));
    }

    /** It is signed, and cannot be understood. */
    private static ProblemException unreadable(Phrase what) {
        return Problem.stop(what, Phrase.of("config/README.md shows what a webhook may send"));
    }

    private static OfProgram asked(String program, byte[] body) {
        JsonNode json = json(body);
        Wish wish =
                switch (json.path("do").asString("")) {
                    case "rollback" -> Wish.ROLLBACK;
                    case "deployed" -> Wish.DEPLOYED;
                    default ->
                            throw unreadable(Phrase.of("\"do\" is neither rollback nor deployed"));
                };
        var values = new HashMap<String, String>();
        text(json, "target", WORD).ifPresent(it -> values.put("target", it));
        text(json, "release", WORD).ifPresent(it -> values.put("release", it));
        text(json, "reason", LINE).ifPresent(it -> values.put("reason", it));
        List<String> needed = List.of("target", wish == Wish.ROLLBACK ? "reason" : "release");
        needed.stream()
                .filter(key -> !values.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw lacks(key);
                });
        String id = text(json, "id", ID).orElseThrow(() -> lacks("id"));
        return new OfProgram("webhook:" + program + ":" + id, program, Place.NOWHERE, wish, values);
    }

    private static ProblemException lacks(String key) {
        return unreadable(Phrase.of("\"{0}\" is missing, or not as it must be", key));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            throw unreadable(Phrase.of("it is no JSON"));
        }
    }

    private static Optional<String> text(JsonNode json, String key, Pattern form) {
        JsonNode value = json.path(key);
        return value.isString()
                ? Optional.of(value.asString()).filter(form.asMatchPredicate())
                : Optional.empty();
    }
}
