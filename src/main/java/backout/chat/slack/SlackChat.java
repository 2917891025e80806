package backout.chat.slack;

import backout.command.Site;
import backout.frontdesk.Bot;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.People;
import backout.language.Language;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.report.Room;
import backout.run.Loop;

import jakarta.servlet.http.HttpServlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Slack, with all that it needs of the configuration. */
public final class SlackChat implements Chat<HttpServlet> {
    private static final String TOKEN = "bot-token";
    private static final String SIGNING = "signing-secret";
    private static final String APP_TOKEN = "app-token";

    /** What {@code config/} may say about it. */
    public static final ChatKeys KEYS =
            new ChatKeys(
                    "slack",
                    "Slack",
                    "The person's Slack user id, such as U0123ABCD.",
                    List.of(
                            Setting.of(
                                    ChatKeys.ENABLED,
                                    Form.FLAG,
                                    "no",
                                    "Whether the bot serves Slack."),
                            Setting.of(
                                    TOKEN,
                                    Form.SECRET,
                                    "env:SLACK_BOT_TOKEN",
                                    "The bot token, which begins with xoxb-."),
                            Setting.of(
                                    APP_TOKEN,
                                    Form.SECRET,
                                    "",
                                    "The app-level token, which begins with xapp-: with it the bot"
                                            + " calls Slack (Socket Mode) and needs no open port;"
                                            + " without it Slack calls the bot."),
                            Setting.of(
                                    SIGNING,
                                    Form.SECRET,
                                    "env:SLACK_SIGNING_SECRET",
                                    "The signing secret of the app, where Slack calls the bot: what"
                                            + " it did not sign is refused."),
                            Setting.of(
                                    ChatKeys.ADDRESS,
                                    Form.URL,
                                    "https://slack.com/api/",
                                    "Where Slack's Web API is."),
                            Setting.of(
                                    ChatKeys.ANNOUNCE,
                                    Form.TEXTS,
                                    "",
                                    "Ids of the channels in which is announced what happens, such"
                                        + " as C0123ABCD; with kinds and targets behind one, only"
                                        + " that: `C0123ABCD outcome, lock of compose/*`."),
                            new Setting(
                                    ChatKeys.LANGUAGES,
                                    Form.CHANNELS,
                                    Language.TAGS,
                                    "",
                                    false,
                                    "Channels that read another language than the site's, by their"
                                            + " ids.")));

    /** A call of Slack's API takes no longer: a decision must not wait behind one that hangs. */
    private static final Duration CALL_WITHIN = Duration.ofSeconds(5);

    private final SlackApi api;
    private final SlackRoom room;
    private final SlackHome home;
    private final SlackTalk talk;
    private final Optional<SlackApi> links;
    private final Optional<SlackSocket> socket;
    private final Optional<SlackFace> face;
    private final InstantSource clock;

    /**
     * @throws backout.problem.ProblemException when a secret is missing
     */
    private SlackChat(Means means) {
        Bot bot = means.bot();
        clock = bot.clock();
        api = at(means, TOKEN);
        var readers = new SlackReaders(api, means.language(), means.languages(), means.nanos());
        room = new SlackRoom(api, bot::site, readers);
        home = new SlackHome(bot, api, room, readers, means.nanos());
        talk = new SlackTalk(bot, api, room, readers, home);
        var bolt = new SlackBolt(api, talk);
        links = means.settings().textIfAny(APP_TOKEN).map(_ -> at(means, APP_TOKEN));
        socket = links.map(link -> new SlackSocket(link, bolt::answer, means.nanos()));
        face =
                socket.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                new SlackFace(
                                        bolt,
                                        means.secret(SIGNING).reveal(),
                                        clock,
                                        means.nanos()));
    }

    /**
     * @throws backout.problem.ProblemException when a secret is missing
     */
    public static SlackChat of(Means means) {
        return new SlackChat(means);
    }

    private static SlackApi at(Means means, String token) {
        return SlackApi.at(means.address(), means.secret(token).reveal(), CALL_WITHIN);
    }

    static People people(Supplier<Site> site) {
        return new People(site, KEYS.name(), KEYS.called());
    }

    /** What Slack makes an app of. */
    public static String manifest(Sheet sheet) {
        return new SlackManifest(sheet.commands(), sheet.url()).text();
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public Map<String, HttpServlet> doors() {
        return face.map(one -> Map.<String, HttpServlet>of(SlackFace.PATH, one)).orElse(Map.of());
    }

    @Override
    public List<Loop> loops() {
        return Stream.concat(socket.map(SlackSocket::loop).stream(), Stream.of(home.loop()))
                .toList();
    }

    @Override
    public String whoAmI() throws Room.Later, Room.Refused {
        String as = api.whoAmI();
        return socket.isPresent() ? as + ", socket " + socket.get().state() : as;
    }

    @Override
    public List<Diagnosis> examine() {
        return new SlackExam(api, links, clock).all();
    }

    @Override
    public void close() {
        socket.ifPresent(SlackSocket::close);
        talk.close();
        links.ifPresent(SlackApi::close);
        api.close();
    }
}
