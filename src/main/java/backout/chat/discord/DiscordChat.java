package backout.chat.discord;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.command.Site;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.People;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.problem.Problem;
import backout.report.Room;
import backout.run.Loop;

import jakarta.servlet.http.HttpServlet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Discord, with all that it needs of the configuration. */
public final class DiscordChat implements Chat<HttpServlet> {
    private static final String TOKEN = "bot-token";
    private static final String PUBLIC_KEY = "public-key";
    private static final String GATEWAY = "gateway";

    /** What {@code config/} may say about it. */
    public static final ChatKeys KEYS =
            new ChatKeys(
                    "discord",
                    "Discord",
                    "The person's Discord user id, digits only.",
                    List.of(
                            Setting.of(
                                    ChatKeys.ENABLED,
                                    Form.FLAG,
                                    "no",
                                    "Whether the bot serves Discord."),
                            Setting.of(
                                    TOKEN,
                                    Form.SECRET,
                                    "env:DISCORD_BOT_TOKEN",
                                    "The bot token of the application."),
                            Setting.of(
                                    PUBLIC_KEY,
                                    Form.TEXT,
                                    "",
                                    "The public key of the application, where Discord is to call"
                                            + " the bot; without it the bot calls Discord and needs"
                                            + " no open port."),
                            Setting.of(
                                    ChatKeys.ADDRESS,
                                    Form.URL,
                                    "https://discord.com/api/v10/",
                                    "Where Discord's REST API is."),
                            Setting.of(
                                    GATEWAY,
                                    Form.TEXT,
                                    "",
                                    "Where Discord's gateway is; without it, where Discord says."),
                            Setting.of(
                                    ChatKeys.ANNOUNCE,
                                    Form.TEXTS,
                                    "",
                                    "Ids of the channels in which is announced what happens, such"
                                            + " as \"200000000000000001\"; with kinds and targets"
                                            + " behind one, only that: `200000000000000001 outcome,"
                                            + " lock of compose/*`."),
                            new Setting(
                                    ChatKeys.LANGUAGES,
                                    Form.CHANNELS,
                                    Language.TAGS,
                                    "",
                                    false,
                                    "Channels that read another language than the site's, by their"
                                            + " ids.")));

    /** A call of Discord's API takes no longer: a decision must not wait behind one that hangs. */
    private static final Duration CALL_WITHIN = Duration.ofSeconds(5);

    /** How long somebody else's answer is told of. */
    private static final Duration TOLD_FOR = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(DiscordChat.class);

    private final DiscordApi api;
    private final DiscordRoom room;
    private final DiscordTalk talk;
    private final Supplier<CommandSheet> sheet;
    private final Optional<String> key;
    private final Registration registration;
    private final Optional<DiscordDoor> door;
    private final Optional<Gateway> gateway;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private volatile long answeredByOthers;

    private DiscordChat(Means means, URI address, String token) {
        var bot = means.bot();
        nanos = means.nanos();
        clock = bot.clock();
        answeredByOthers = nanos.getAsLong() - TOLD_FOR.toNanos();
        var readers = new DiscordReaders(means.language(), means.languages());
        api = new DiscordApi(address, token, CALL_WITHIN, means.nanos());
        room = new DiscordRoom(api, bot::site, readers);
        talk = new DiscordTalk(bot, api, room, readers);
        sheet = () -> new CommandSheet(bot.site().commands());
        registration = new Registration(api, sheet);
        String where = bot.site().file("chat.yml") + " discord.public-key";
        key = given(means, PUBLIC_KEY);
        door =
                key.map(key -> DiscordProof.of(key, where))
                        .map(proof -> new DiscordDoor(proof, talk, bot.clock(), means.nanos()));
        gateway =
                door.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                new Gateway(
                                        address,
                                        given(means, GATEWAY),
                                        token,
                                        this::heard,
                                        means.nanos()));
    }

    /**
     * @throws backout.problem.ProblemException when the token is missing or the key is none
     */
    public static DiscordChat of(Means means) {
        return new DiscordChat(means, means.address(), means.secret(TOKEN).reveal());
    }

    private static Optional<String> given(Means means, String key) {
        return means.settings().textIfAny(key).filter(value -> !value.isEmpty());
    }

    static People people(Supplier<Site> site) {
        return new People(site, KEYS.name(), KEYS.called());
    }

    /** What is entered where an application is made. */
    public static String manifest(Sheet sheet) {
        return new DiscordManifest(
                        sheet.commands(),
                        sheet.url(),
                        sheet.secret(TOKEN).flatMap(DiscordChat::application))
                .text();
    }

    /** A token begins with its application's id, in Base64. */
    private static Optional<String> application(String token) {
        try {
            String first = token.split("\\.", 2)[0];
            String id = new String(Base64.getUrlDecoder().decode(first), UTF_8);
            return Optional.of(id).filter(text -> text.matches("[0-9]{15,20}"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An interaction of the gateway is answered by a call of its own. */
    private void heard(JsonNode interaction) {
        talk.take(interaction).ifPresent(answer -> answer(Asked.of(interaction), answer));
    }

    private void answer(Asked asked, DiscordTalk.Answer answer) {
        boolean taken = false;
        try {
            String path = "interactions/" + asked.id() + "/" + asked.token() + "/callback";
            var _ = api.answer("POST", path, answer.first().get());
            taken = true;
        } catch (Room.Later e) {
            log.warn("{} got no answer in time: {}", asked, e.getMessage());
        } catch (DiscordApi.No no) {
            if (no.code() == DiscordErrors.ALREADY_ANSWERED) {
                answeredByOthers = nanos.getAsLong();
            }
            log.warn("{} got no answer: {}", asked, no.problem());
        } finally {
            answer.delivered().accept(taken);
        }
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public Map<String, HttpServlet> doors() {
        return door.map(one -> Map.<String, HttpServlet>of(DiscordDoor.PATH, one)).orElse(Map.of());
    }

    @Override
    public List<Loop> loops() {
        return gateway.map(Gateway::loop).stream().toList();
    }

    @Override
    public String whoAmI() throws Room.Later, Room.Refused {
        JsonNode me = api.ofApplication("applications/@me");
        registration.ensure(me.path("id").asString(""));
        if (nanos.getAsLong() - answeredByOthers < TOLD_FOR.toNanos()) {
            throw new Room.Refused(
                    Problem.of(
                            Phrase.of("somebody else answers Discord with this bot's token"),
                            Phrase.of(
                                    "look for another Backout that runs with it; else make a new"
                                            + " token, and start again")));
        }
        String line = gateway.isPresent() ? "gateway " + gateway.get().state() : "called by it";
        return me.path("name").asString("") + ", " + line;
    }

    @Override
    public List<Diagnosis> examine() {
        var found = new ArrayList<>(new DiscordExam(api, sheet.get(), key, clock).all());
        gateway.flatMap(Gateway::diagnosis).ifPresent(found::add);
        return found;
    }

    /** What stands below a card needs a thread, which a channel may forbid. */
    @Override
    public List<Diagnosis> examine(String channel, String address) throws Room.Later, Room.Refused {
        return List.of(room.thread(channel, address));
    }

    @Override
    public void close() {
        gateway.ifPresent(Gateway::close);
        talk.close();
        api.close();
    }
}
