package backout;

import backout.chat.console.web.ConsoleServlet;
import backout.chat.console.web.SignInLinks;
import backout.chat.slack.SlackApi;
import backout.chat.slack.SlackFace;
import backout.chat.slack.SlackReaders;
import backout.chat.slack.SlackRoom;
import backout.check.Secret;
import backout.config.BotConfig;
import backout.config.ChatConfig;
import backout.language.Language;
import backout.language.Phrase;
import backout.operations.Obeyed;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Notices;
import backout.report.Publisher;
import backout.report.Room;
import backout.run.Loop;
import backout.web.Listener;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Where people reach a serving bot: the web console, and the chats that the site enables. */
final class Faces implements AutoCloseable {
    /** A call of a chat's API takes no longer: a decision must not wait behind one that hangs. */
    private static final Duration CALL_WITHIN = Duration.ofSeconds(5);

    private final App app;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ZoneId zone;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Operators operators;

    /** Opens nothing yet. */
    Faces(App app, Outside outside) {
        this.app = app;
        this.clock = outside.clock();
        this.nanos = outside.nanos();
        this.zone = outside.zone();
        this.operators = new Operators(app, outside);
        closing.push(operators::close);
    }

    /**
     * Opens the private listener.
     *
     * @param address {@code HOST:PORT}
     * @param language of who asks for none that there is: {@code zh}
     * @param demo whether anybody may be anybody without signing in
     * @return the address that a browser on this host opens
     * @throws ProblemException when it cannot listen there
     */
    String console(String address, SignInLinks links, String language, boolean demo) {
        var usual = Language.of(language, zone);
        String host = address.substring(0, address.lastIndexOf(':'));
        var console = new ConsoleServlet(app, usual, links, Set.of(host), demo);
        var listener = Listener.open(address, operators.besides("/*", console));
        closing.push(listener::close);
        closing.push(console::close);
        return ConsoleServlet.browsed(host, listener.port());
    }

    /** Tells operators whether its configuration is still that of the files. */
    void obey(Obeyed obeyed, Wish.Folders folders) {
        operators.watch(
                "configuration", () -> obeyed.against(folders.config(), folders.commands()));
    }

    /** Removes from now on what is kept long enough. */
    void tidy(BotConfig bot) {
        closing.push(operators.tidy(bot.retention())::close);
    }

    /**
     * Opens the public listener for Slack and begins to publish there.
     *
     * @throws ProblemException when a secret is missing or it cannot listen there
     */
    void slack(ChatConfig.Slack slack, BotConfig bot, Secrets secrets) {
        Secret token = secret(secrets, slack.botToken(), "slack.bot-token");
        Secret signing = secret(secrets, slack.signingSecret(), "slack.signing-secret");
        var api = SlackApi.at(slack.address(), token.reveal(), CALL_WITHIN);
        var readers =
                new SlackReaders(
                        api, Language.of(bot.language(), zone), slack.languages(zone), nanos);
        var face =
                new SlackFace(api, signing.reveal(), app.site(), readers, app::take, clock, nanos);
        var listener = Listener.toAnybody(bot.listenPublic(), Map.of("/slack/events", face));
        closing.push(listener::close);
        Room room = operators.chat(new SlackRoom(api, app.site(), readers), () -> introduce(api));
        var publisher =
                new Publisher(
                        room,
                        slack.announce(),
                        app.site(),
                        app.journal(),
                        app.outbox(),
                        app.posts(),
                        clock);
        app.outbox().join(room.chat());
        operators.add(publisher.start());
        closing.push(publisher::stop);
        var notices = new Notices(room, slack.announce(), clock);
        Loop telling = notices.start();
        operators.add(telling);
        closing.push(telling::interrupt);
        app.watch().tell(notices::tell);
    }

    /** When it is served again, nothing of what happens until then is told there. */
    void withoutSlack() {
        app.outbox().leave(SlackRoom.CHAT);
    }

    /**
     * A token that is no good is told at once and not at the first rollback; the bot still serves.
     */
    private static String introduce(SlackApi api) {
        try {
            return "Slack knows this bot as " + api.whoAmI();
        } catch (Room.Refused e) {
            throw new ProblemException(e.problem());
        } catch (Room.Later e) {
            throw new ProblemException(
                    Problem.of(
                            Phrase.of("Slack did not say who this bot is: {0}", e.why()),
                            Phrase.of("nothing; it is asked again in a minute")));
        }
    }

    private static Secret secret(Secrets secrets, String reference, String key) {
        return secrets.of(reference)
                .orElseThrow(() ->
                        new ProblemException(
                                new Problem(
                                        Phrase.of("{0} holds nothing", reference),
                                        "config/chat.yml " + key,
                                        Phrase.of(
                                                "set it before the bot starts, or switch Slack off"
                                                        + " there: enabled: no"))));
    }

    /** The latest first: what sends stops before what receives. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
