package backout.notify.webhook;

import backout.approval.Person;
import backout.chat.PlainMessage;
import backout.check.Secret;
import backout.http.Poster;
import backout.http.Poster.Answer;
import backout.http.Signed;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.Settings;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.report.Notice;
import backout.report.Receiver;
import backout.report.ReceiverKind;
import backout.report.Room;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another program, told by one signed request for each notice. */
public final class Webhook implements Receiver {
    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String TOKEN = "token";
    private static final String WITHOUT_TLS = "without-tls";

    /** What a site may say about one. */
    public static final ReceiverKind KIND =
            new ReceiverKind(
                    "webhook",
                    List.of(
                            Setting.required(
                                    URL,
                                    Form.URL,
                                    "Where each notice is sent to by POST; redirects are not"
                                            + " followed."),
                            Setting.required(
                                    SECRET, Form.SECRET, "What each request is signed with."),
                            Setting.of(
                                    TOKEN,
                                    Form.SECRET,
                                    "",
                                    "What is sent as Authorization: Bearer, where the address asks"
                                            + " for it."),
                            Setting.of(
                                    WITHOUT_TLS,
                                    Form.FLAG,
                                    "no",
                                    "Whether the address may begin with http://, though it is not"
                                            + " on this machine.")),
                    Webhook::mistakes,
                    _ -> Optional.empty(),
                    Webhook::new);

    private static final JsonMapper JSON = new JsonMapper();

    /** How whoever knows its Idempotency-Key says so. */
    private static final int THERE_ALREADY = 409;

    private final ReceiverKind.Means means;
    private final Poster poster = new Poster();

    Webhook(ReceiverKind.Means means) {
        this.means = means;
    }

    private static Map<String, Problem> mistakes(Settings settings) {
        return settings.url(URL)
                .flatMap(address -> Poster.mistake(address, settings.flag(WITHOUT_TLS)))
                .map(problem -> Map.of(URL, problem))
                .orElse(Map.of());
    }

    /** Each has its own key, so that none is taken twice. */
    @Override
    public int most() {
        return 1;
    }

    @Override
    public void tell(List<Notice> notices) throws Room.Later, Room.Refused {
        for (Notice notice : notices) {
            send(notice);
        }
    }

    @Override
    public void call(Person person, Notice notice) throws Room.Later, Room.Refused {
        send(notice);
    }

    private void send(Notice notice) throws Room.Later, Room.Refused {
        URI to = means.settings().url(URL).orElseThrow();
        String body = body(notice);
        String now = Long.toString(means.clock().instant().getEpochSecond());
        var headers = new LinkedHashMap<String, String>();
        headers.put("Idempotency-Key", notice.id());
        headers.put("Backout-Timestamp", now);
        headers.put("Backout-Signature", signature(now, body, means.secret(SECRET)));
        Optional<Secret> token = means.secretIfAny(TOKEN);
        token.ifPresent(one -> headers.put("Authorization", "Bearer " + one.reveal()));
        check(to, poster.post(to, headers, body));
    }

    static String signature(String timestamp, String body, Secret secret) {
        byte[] signature = Signed.text(timestamp + "." + body, secret.reveal());
        return "v1=" + HexFormat.of().formatHex(signature);
    }

    private static String body(Notice notice) {
        var body = new LinkedHashMap<String, Object>();
        body.put("id", notice.id());
        body.put("event", notice.what().word());
        body.put("at", notice.at().toString());
        body.put("targets", notice.targets().stream().map(TargetName::toString).toList());
        body.put("run", notice.run());
        notice.facts().forEach(body::put);
        body.put("says", notice.message().summary().toString());
        body.put("text", String.join("\n", PlainMessage.lines(notice.message())));
        return JSON.writeValueAsString(body);
    }

    /** A request that is wrong is wrong for ever; an address or a token can be mended. */
    private void check(URI to, Answer answer) throws Room.Refused {
        if (answer.isTaken() || answer.status() == THERE_ALREADY) {
            return;
        }
        Phrase what = Phrase.of("{0} answers {1}", Poster.shown(to), answer.status());
        switch (answer.status()) {
            case 400, 413, 422 ->
                    throw means.refusedThis(what, Phrase.of("look there why it takes no such"));
            case 401, 403 ->
                    throw means.refused(
                            SECRET,
                            what,
                            Phrase.of("compare secret: and token: with what is expected there"));
            default ->
                    throw means.refused(
                            URL, what, Phrase.of("look whether that is the right address"));
        }
    }
}
