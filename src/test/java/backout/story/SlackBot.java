package backout.story;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Emulate;
import backout.fixture.FakeDiscord;
import backout.fixture.FakeSocketMode;
import backout.fixture.SlackDriver;
import backout.fixture.SlackDriver.Answer;
import backout.operations.Asked;
import backout.report.Pages;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.Run;
import backout.run.RunId;
import backout.store.sql.SqlStore;
import backout.story.Board.Posted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** {@code bot/backout serve} before a Slack, and the people who type and press there. */
final class SlackBot implements AutoCloseable {
    static final String DISCORD_OPS = "200000000000000001";
    static final String DISCORD_NEWS = "200000000000000002";
    private static final Duration STUCK = Duration.ofSeconds(15);

    final HandClock clock;
    final SimService service;
    final SlackDriver driver;
    final Board ops;
    final Board news;
    final SimSite site;
    private final Map<String, String> accounts = new LinkedHashMap<>();
    private final AtomicInteger triggers = new AtomicInteger();
    private final AtomicInteger envelopes = new AtomicInteger();
    final int port = Await.freePort();
    final int privatePort = Await.freePort();
    private final SqlStore store;
    private Seat seat;
    private boolean inSlack;
    private String languages = "{}";
    private String moreOfDiscord = "";
    private String more = "";
    private String moreOfBot = "";
    private Optional<FakeSocketMode> sockets = Optional.empty();
    private Optional<FakeDiscord> inDiscord = Optional.empty();

    /**
     * Does not serve yet.
     *
     * @param slack where its Web API is
     * @param ops where commands are typed
     * @param news where outcomes are announced
     */
    SlackBot(Path home, int votes, HandClock clock, URI slack, Board ops, Board news) {
        this.clock = clock;
        this.ops = ops;
        this.news = news;
        service = new SimService();
        driver = new SlackDriver(slack);
        site = SimSite.in(home, votes, "0s");
        speaking("en");
        site.write("token", Emulate.TOKEN);
        signedWith(SlackDriver.SECRET);
        reading("{}");
        store = SqlStore.open(home.resolve("var"), clock);
        seat = new Seat(home, service, clock);
    }

    /** Whether Slack is served from the next start on. */
    SlackBot enabled(boolean enabled) {
        return writing(enabled, "{}");
    }

    /** Channels in a language of their own, as YAML. */
    SlackBot reading(String languages) {
        return writing(true, languages);
    }

    /** Serves that Discord too, from the next start on, with the same people. */
    SlackBot discord(FakeDiscord discord, String... more) {
        inDiscord = Optional.of(discord);
        site.write("discord-token", FakeDiscord.TOKEN);
        moreOfDiscord = String.join("\n", more).indent(2);
        return writing(true, "{}");
    }

    private String section(FakeDiscord discord) {
        return """
        discord:
          enabled: yes
          bot-token: "file:%s"
          address: %s
          gateway: "%s"
          announce: ["%s"]
        %s
        """
                .formatted(
                        site.home().resolve("discord-token"),
                        discord.address(),
                        discord.gateway(),
                        DISCORD_NEWS,
                        moreOfDiscord);
    }

    /** What somebody's account in Discord is. */
    static String discordAccount(String person) {
        return "4000000000000000%02d"
                .formatted(List.of("li", "anna", "ben", "dora", "max").indexOf(person) + 10);
    }

    /** Calls that Slack by a socket, from the next start on, and is not called by it. */
    SlackBot overSocket(FakeSlack slack) {
        sockets = Optional.of(slack.sockets());
        site.write("app-token", FakeSlack.APP_TOKEN);
        more = "app-token: \"file:%s\"".formatted(site.home().resolve("app-token"));
        return writing(true, "{}");
    }

    private SlackBot writing(boolean enabled, String languages) {
        inSlack = enabled;
        this.languages = languages;
        site.write(
                "config/chat.yml",
                """
                slack:
                  enabled: %s
                  bot-token: "file:%s"
                  signing-secret: "file:%s"
                  address: %s
                  announce: [%s]
                  languages: %s
                %s
                """
                                .formatted(
                                        enabled ? "yes" : "no",
                                        site.home().resolve("token"),
                                        site.home().resolve("secret"),
                                        driver.address(),
                                        news.channel(),
                                        languages,
                                        more.indent(2))
                        + inDiscord.map(this::section).orElse(""));
        return this;
    }

    /** On a Slack of ours, with li who asks and anna, ben and dora who may vote. */
    static SlackBot on(FakeSlack slack, Path home, int votes, HandClock clock) {
        var people = new LinkedHashMap<String, String>();
        people.put("li", "U1LI");
        people.put("anna", "U2ANNA");
        people.put("ben", "U3BEN");
        people.put("dora", "U4DORA");
        var ops = new Board(slack::call, "C1OPS");
        var news = new Board(slack::call, "C2NEWS");
        return new SlackBot(home, votes, clock, slack.address(), ops, news).people(people);
    }

    /** The language of what everybody reads. */
    SlackBot speaking(String language) {
        site.write(
                "config/backout.yml",
                """
                language: %s
                store: {dir: "%s"}
                listen: {private: "127.0.0.1:%d", public: "127.0.0.1:%d"}
                %s\
                """
                        .formatted(
                                language,
                                site.home().resolve("var"),
                                privatePort,
                                port,
                                moreOfBot));
        return this;
    }

    /** Where browsers reach its console. */
    SlackBot reachedAt(String console) {
        moreOfBot = "console: {url: \"" + console + "\"}\n";
        return speaking("en");
    }

    /** Who is told besides, as YAML. */
    SlackBot telling(String receivers) {
        site.write("config/notices.yml", "receivers:\n" + receivers.indent(2));
        return this;
    }

    /** What the bot believes that Slack signs with. */
    SlackBot signedWith(String secret) {
        site.write("secret", secret);
        return this;
    }

    /** The people of the site, by their accounts in Slack: li is L1, the others are L2. */
    SlackBot people(Map<String, String> slack) {
        accounts.putAll(slack);
        var file = new StringBuilder("people:\n");
        slack.forEach((name, account) ->
                file.append("  ")
                        .append(name)
                        .append(": {level: ")
                        .append(name.equals("li") ? "L1" : "L2")
                        .append(", accounts: {slack: ")
                        .append(account)
                        .append(", discord: \"")
                        .append(discordAccount(name))
                        .append("\"}}\n"));
        site.write("config/people.yml", file.toString());
        return this;
    }

    /**
     * The people of the site by their levels.
     *
     * @param onCall the section of that name, or nothing
     */
    SlackBot people(Map<String, String> levels, String onCall) {
        var file = new StringBuilder("people:\n");
        levels.forEach((name, level) -> {
            var _ = accounts.computeIfAbsent(name, one -> "U9" + one.toUpperCase(Locale.ROOT));
            file.append(
                    "  %s: {level: %s, accounts: {slack: %s, discord: \"%s\"}}\n"
                            .formatted(name, level, account(name), discordAccount(name)));
        });
        site.write(
                "config/people.yml",
                onCall.isEmpty() ? file.toString() : file + "on-call: " + onCall + "\n");
        return this;
    }

    /** The only policy, as YAML. */
    SlackBot policy(String yaml) {
        site.write("config/approvals.yml", "policies:\n  some: " + yaml + "\n");
        return this;
    }

    /** A command that is shipped. */
    void adopt(String command) {
        try {
            Path shipped = Path.of("commands", command + ".yml");
            site.write("commands/" + command + ".yml", Files.readString(shipped));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether everybody was written to who is called. */
    boolean isAllCalled() {
        return (inDiscord.isPresent() ? List.of("slack", "discord") : List.of("slack"))
                .stream()
                        .allMatch(chat ->
                                store.posts().lacking(Pages.face(chat)).isEmpty()
                                        && store.outbox().due(Pages.face(chat), 1).isEmpty());
    }

    /** Whether these receivers were told everything. */
    boolean isAllTold(String... receivers) {
        return List.of(receivers).stream()
                .allMatch(name ->
                        store.posts().lacking(name).isEmpty()
                                && store.outbox().due(name, 1).isEmpty());
    }

    SlackBot votes(int votes) {
        site.write(
                "config/approvals.yml",
                """
                policies:
                  some: {votes: %d, from: L2}
                """
                        .formatted(votes));
        return this;
    }

    SlackBot serve() {
        return serve(UnaryOperator.identity());
    }

    /**
     * @param journaled is put before its journal
     */
    SlackBot serve(UnaryOperator<Journal> journaled) {
        inDiscord.ifPresent(discord -> {
            discord.movesGateway();
            writing(inSlack, languages);
        });
        seat = seat().journaled(journaled).start("serve");
        seat.until("serving until it is stopped");
        return this;
    }

    /** Another start of {@code bot/backout} on the same folders. */
    Seat seat() {
        return new Seat(site.home(), service, clock);
    }

    void stop() {
        seat.interrupt();
        seat.exitCode();
    }

    /** What is said after that is heard by the new one. */
    void restart() {
        stop();
        serve();
    }

    String account(String person) {
        return accounts.getOrDefault(person, person);
    }

    /** A command as a form; each is a delivery of its own. */
    String command(String person, String text) {
        return driver.command(account(person), ops.channel(), text, trigger());
    }

    /** The same, typed in another channel. */
    String commandIn(String channel, String person, String text) {
        return driver.command(account(person), channel, text, trigger());
    }

    /** A press as a form; each is a delivery of its own. */
    String press(String person, String value) {
        return driver.press(account(person), ops.channel(), value, trigger());
    }

    private String trigger() {
        return "t" + triggers.incrementAndGet();
    }

    /** Signed now, or as an envelope of its own. */
    Answer deliver(String form) {
        return sockets.map(to -> deliver(to, form))
                .orElseGet(() -> driver.send(port, form, clock.instant()));
    }

    private Answer deliver(FakeSocketMode to, String form) {
        String id = "e" + envelopes.incrementAndGet();
        long began = System.nanoTime();
        to.tell(id, FakeSocketMode.type(form), FakeSocketMode.payload(form));
        String body = to.acknowledgement(id);
        return new Answer(200, body, Duration.ofNanos(System.nanoTime() - began));
    }

    /** As captured: with the time stamp and the signature that it had. */
    Answer replay(String form, String timestamp) {
        return driver.send(port, form, timestamp, Map.of());
    }

    Answer types(String person, String text) {
        return deliver(command(person, text));
    }

    /** Presses a button of the latest card as soon as it is there; gives what the press sent. */
    String presses(String person, String label) {
        String value = awaitButton(label);
        deliver(press(person, value));
        return value;
    }

    /** The value of a button of the latest card, as soon as it is there. */
    String awaitButton(String label) {
        until(label + " is on the card", () -> card().button(label).isPresent());
        return card().button(label).orElseThrow();
    }

    /**
     * The latest card, as soon as there is one. What nobody asked for stands where outcomes are
     * announced.
     */
    Posted card() {
        until("a card is there", () -> ops.card().or(news::card).isPresent());
        return ops.card().or(news::card).orElseThrow();
    }

    String threadText() {
        return String.join("\n", ops.thread(card()));
    }

    /** What it tells operators of itself. */
    String ready() {
        return Asked.get(privatePort, "/readyz").text();
    }

    boolean healthy() {
        return Asked.get(privatePort, "/healthz").status() == 200;
    }

    /** Waits until its card, its thread and the announcement tell the end. */
    void awaitEnd() {
        until("the run is over", () -> run().outcome().isPresent());
        String says = run().outcome().orElseThrow().says().toString();
        until(
                "the card is final",
                () -> card().buttons().isEmpty() && card().text().contains(says));
        until("the thread tells it", () -> threadText().contains(says));
        until("it is announced", () -> announcements(runId()) == 1);
        until("nothing is left to send", this::isAllSent);
        until("who had a part in it is told", this::isAllCalled);
    }

    boolean isAllSent() {
        return store.posts().open("slack").isEmpty();
    }

    long announcements(RunId run) {
        return news.messages().stream()
                .filter(message -> message.key().equals("announcement-" + run))
                .count();
    }

    long cards(RunId run) {
        return ops.messages().stream()
                .filter(message -> message.key().equals("card-" + run))
                .count();
    }

    /**
     * A call to Slack that a busy machine cut off is made again when time has passed: after a long
     * while it passes.
     */
    void until(String what, BooleanSupplier holds) {
        long begun = System.nanoTime();
        Await.until(
                what,
                () -> {
                    if (System.nanoTime() - begun > STUCK.toNanos()) {
                        clock.pass(Duration.ofSeconds(1));
                    }
                    return holds.getAsBoolean();
                });
    }

    /** Waits until somebody is told this alone. */
    void awaitWhisper(String part) {
        until("somebody is told: " + part, () -> whispers().contains(part));
    }

    String whispers() {
        return String.join("\n", driver.whispers());
    }

    /** The latest run. */
    RunId runId() {
        return journal().recent(1).getFirst();
    }

    Run run() {
        return Run.of(journal().read(runId()));
    }

    Journal journal() {
        return store.journal();
    }

    @Override
    public void close() {
        stop();
        store.close();
        driver.close();
    }
}
