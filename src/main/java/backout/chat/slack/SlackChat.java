package backout.chat.slack;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.People;
import backout.language.Language;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.report.Room;

import jakarta.servlet.http.HttpServlet;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Slack, with all that it needs of the configuration. */
public final class SlackChat implements Chat<HttpServlet> {
    private static final String TOKEN = "bot-token";
    private static final String SIGNING = "signing-secret";
    private static final String ADDRESS = "address";
    private static final String LANGUAGES = "languages";

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
                                    SIGNING,
                                    Form.SECRET,
                                    "env:SLACK_SIGNING_SECRET",
                                    "The signing secret of the app: what it did not sign is"
                                            + " refused."),
                            Setting.of(
                                    ADDRESS,
                                    Form.URL,
                                    "https://slack.com/api/",
                                    "Where Slack's Web API is."),
                            Setting.of(
                                    ChatKeys.ANNOUNCE,
                                    Form.TEXTS,
                                    "",
                                    "Ids of the channels in which outcomes are announced, such as"
                                            + " C0123ABCD."),
                            new Setting(
                                    LANGUAGES,
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
    private final SlackFace face;
    private final InstantSource clock;

    private SlackChat(SlackApi api, SlackRoom room, SlackFace face, InstantSource clock) {
        this.api = api;
        this.room = room;
        this.face = face;
        this.clock = clock;
    }

    /**
     * @throws backout.problem.ProblemException when a secret is missing
     */
    public static SlackChat of(Means means) {
        String token = means.secret(TOKEN).reveal();
        String signing = means.secret(SIGNING).reveal();
        var api = SlackApi.at(address(means), token, CALL_WITHIN);
        var readers = new SlackReaders(api, means.language(), languages(means), means.nanos());
        var bot = means.bot();
        var face =
                new SlackFace(
                        api, signing, bot.site(), readers, bot::take, bot.clock(), means.nanos());
        return new SlackChat(api, new SlackRoom(api, bot.site(), readers), face, bot.clock());
    }

    private static URI address(Means means) {
        String address = means.settings().url(ADDRESS).orElseThrow().toString();
        return URI.create(address.endsWith("/") ? address : address + "/");
    }

    /** In the zone of the site: nobody says which a channel's is. */
    private static Map<String, Language> languages(Means means) {
        ZoneId zone = means.language().zone();
        var read = new HashMap<String, Language>();
        means.settings()
                .channels(LANGUAGES)
                .forEach((channel, tag) -> read.put(channel, Language.of(tag, zone)));
        return read;
    }

    static People people(Site site) {
        return new People(site, KEYS.name(), KEYS.called());
    }

    /** What Slack makes an app of. */
    public static String manifest(List<CommandSpec> commands, String url) {
        return new SlackManifest(commands, url).text();
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public Map<String, HttpServlet> doors() {
        return Map.of(SlackFace.PATH, face);
    }

    @Override
    public String whoAmI() throws Room.Later, Room.Refused {
        return api.whoAmI();
    }

    @Override
    public List<Diagnosis> examine() {
        return new SlackExam(api, clock).all();
    }
}
