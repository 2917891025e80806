package backout.notify.dingtalk;

import backout.approval.Person;
import backout.chat.PlainMessage;
import backout.chat.PlainText;
import backout.check.Secret;
import backout.http.Poster;
import backout.http.Poster.Answer;
import backout.http.Signed;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.Settings;
import backout.problem.Problem;
import backout.report.Notice;
import backout.report.Receiver;
import backout.report.ReceiverKind;
import backout.report.Room;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A robot of a DingTalk group. It answers 200 also when it refuses, so its {@code errcode} is what
 * counts; it takes 20 messages a minute and nothing for ten minutes after more.
 */
public final class DingTalk implements Receiver {
    private static final String ADDRESS = "address";
    private static final String TOKEN = "token";
    private static final String SECRET = "secret";
    private static final String KEYWORD = "keyword";

    /** What a site may say about one. */
    public static final ReceiverKind KIND =
            new ReceiverKind(
                    "dingtalk",
                    List.of(
                            Setting.of(
                                    ADDRESS,
                                    Form.URL,
                                    "https://oapi.dingtalk.com/robot/send",
                                    "Where DingTalk's robots are reached."),
                            Setting.required(
                                    TOKEN,
                                    Form.SECRET,
                                    "The robot's access_token, which stands in its webhook"
                                            + " address."),
                            Setting.of(
                                    SECRET,
                                    Form.SECRET,
                                    "",
                                    "What messages are signed with, where the robot is set to"
                                            + " signatures; it begins with SEC."),
                            Setting.of(
                                    KEYWORD,
                                    Form.TEXT,
                                    "",
                                    "A word that each message must hold, where the robot is set to"
                                            + " keywords.")),
                    DingTalk::mistakes,
                    _ ->
                            Optional.of(
                                    Problem.of(
                                            Phrase.of("a robot of DingTalk calls nobody"),
                                            Phrase.of("Name one of kind mail or webhook"))),
                    DingTalk::new);

    private static final JsonMapper JSON = new JsonMapper();

    /** 20 a minute. */
    private static final Duration PACE = Duration.ofSeconds(3);

    /** Below DingTalk's 20,000 bytes also where each character takes three. */
    private static final int LONGEST = 6000;

    private static final int MOST = 10;
    private static final Duration FLOODED = Duration.ofMinutes(1);

    private final ReceiverKind.Means means;
    private final Poster poster = new Poster();

    DingTalk(ReceiverKind.Means means) {
        this.means = means;
    }

    private static Map<String, Problem> mistakes(Settings settings) {
        return settings.url(ADDRESS)
                .flatMap(address -> Poster.mistake(address, false))
                .map(problem -> Map.of(ADDRESS, problem))
                .orElse(Map.of());
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public void tell(List<Notice> notices) throws Room.Later, Room.Refused {
        Answer answer = poster.post(address(), Map.of(), body(notices));
        if (!answer.isTaken()) {
            throw means.refused(
                    ADDRESS,
                    Phrase.of("DingTalk answers {0}", answer.status()),
                    Phrase.of("look whether that is where robots are reached"));
        }
        check(answer.body());
    }

    @Override
    public void call(Person person, Notice notice) throws Room.Later, Room.Refused {
        throw means.refusedThis(
                Phrase.of("a robot of DingTalk calls nobody"),
                Phrase.of("Name one of kind mail or webhook"));
    }

    private URI address() throws Room.Refused {
        String address =
                means.settings().url(ADDRESS).orElseThrow()
                        + "?access_token="
                        + encoded(means.secret(TOKEN).reveal());
        Optional<Secret> secret = means.secretIfAny(SECRET);
        return URI.create(secret.isEmpty() ? address : address + signature(secret.get().reveal()));
    }

    private String signature(String secret) {
        long now = means.clock().instant().toEpochMilli();
        return "&timestamp=" + now + "&sign=" + sign(now, secret);
    }

    /** As DingTalk's documentation has it. */
    static String sign(long now, String secret) {
        byte[] signature = Signed.text(now + "\n" + secret, secret);
        return encoded(Base64.getEncoder().encodeToString(signature));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Plain text: what strangers wrote must not become links or call everybody. */
    private String body(List<Notice> notices) {
        var parts =
                notices.stream()
                        .map(notice -> String.join("\n", PlainMessage.lines(notice.message())))
                        .toList();
        String text = PlainText.brief(String.join("\n\n", parts), LONGEST);
        String keyword = means.settings().textIfAny(KEYWORD).orElse("");
        var content = new LinkedHashMap<String, String>();
        content.put("content", text.contains(keyword) ? text : text + "\n" + keyword);
        var body = new LinkedHashMap<String, Object>();
        body.put("msgtype", "text");
        body.put("text", content);
        return JSON.writeValueAsString(body);
    }

    private void check(String body) throws Room.Later, Room.Refused {
        JsonNode answer = read(body);
        int code = answer.path("errcode").asInt(-1);
        String says = PlainText.brief(PlainText.line(answer.path("errmsg").asString("")), 200);
        Phrase what = Phrase.of("DingTalk refuses with errcode {0}: {1}", code, says);
        switch (code) {
            case 0 -> {}
            case -1 -> throw new Room.Later(what, Duration.ZERO);
            case 130101, 410100 -> throw new Room.Later(what, FLOODED);
            case 310000 -> throw means.refused(SECRET, what, next(says));
            case 300001, 300005, 400101, 400102, 400106 ->
                    throw means.refused(
                            TOKEN,
                            what,
                            Phrase.of("take the access_token of a robot that is there and on"));
            case 400013 ->
                    throw means.refused(
                            TOKEN, what, Phrase.of("the group is gone: name a robot of another"));
            default ->
                    throw means.refusedThis(
                            what, Phrase.of("look it up in DingTalk's list of error codes"));
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (tools.jackson.core.JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    /** All three ways to guard a robot are refused with the same code. */
    private static Phrase next(String says) {
        if (says.contains("keyword")) {
            return Phrase.of("write one of the robot's keywords below keyword:");
        }
        if (says.contains("ip")) {
            return Phrase.of("add this machine's address to those that the robot takes");
        }
        return Phrase.of(
                "compare secret: with the robot's own, and this machine's clock with the time;"
                        + " signatures are good for an hour");
    }
}
