package backout.bench;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;
import backout.run.Run;
import backout.run.RunId;
import backout.store.sql.SqlStore;
import backout.story.Relay;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * {@code bot/backout serve} for one site, spoken to as Slack speaks to it. Its people are anna, U1,
 * and ben, U2.
 */
record ServedBot(Contestant process, SqlStore store, MockWebServer slack) implements AutoCloseable {
    private static final Pattern RUN = Pattern.compile("\\brun ([A-Z0-9]{5})\\b");

    /** Starts it and waits until it answers. */
    static ServedBot start(Relay relay, Path log) throws IOException {
        return start(relay, log, List.of(Launcher.SCRIPT.toString()));
    }

    /**
     * @param backout what is started, with the arguments that come before {@code serve}
     */
    static ServedBot start(Relay relay, Path log, List<String> backout) throws IOException {
        MockWebServer slack = quietSlack();
        int port = Await.freePort();
        configure(relay, slack, port);
        var argv = new ArrayList<>(backout);
        argv.addAll(serve(relay.home()));
        var process = Contestant.start("backout", port, relay.home(), log, environment(), argv);
        var bot = new ServedBot(process, relay.store(), slack);
        if (!bot.say("U1", "help").contains("compose")) {
            throw new IllegalStateException("the bot does not answer help");
        }
        return bot;
    }

    /** It is killed, and the same is started and waited for. */
    ServedBot killedAndStarted(Relay relay, Path log, List<String> backout) {
        process.kill();
        var argv = new ArrayList<>(backout);
        argv.addAll(serve(relay.home()));
        var next =
                Contestant.start(
                        process.name(), process.port(), relay.home(), log, environment(), argv);
        return new ServedBot(next, store, slack);
    }

    /** Its listener for Slack is on this port. */
    static void configure(Relay relay, MockWebServer slack, int port) {
        relay.config("chat.yml", slack(slack))
                .config(
                        "people.yml",
                        """
                        people:
                          anna: {level: L2, accounts: {slack: U1}}
                          ben: {level: L2, accounts: {slack: U2}}
                        """)
                .listen(port, Await.freePort());
    }

    /** After {@link #configure}. */
    static void alsoServe(FakeDiscord discord, Relay relay, MockWebServer slack) {
        relay.config(
                "chat.yml",
                slack(slack)
                        + "discord:\n  enabled: yes\n  address: %s\n  gateway: %s\n"
                                .formatted(discord.address(), discord.gateway()));
    }

    private static String slack(MockWebServer slack) {
        return "slack:\n  enabled: yes\n  address: " + slack.url("/api/") + "\n";
    }

    static Map<String, String> environment() {
        return Map.of(
                "SLACK_BOT_TOKEN", "xoxb-bench", "SLACK_SIGNING_SECRET", Contestant.SIGNING_SECRET);
    }

    static List<String> argv(Path home) {
        var argv = new ArrayList<>(List.of(Launcher.SCRIPT.toString()));
        argv.addAll(serve(home));
        return argv;
    }

    private static List<String> serve(Path home) {
        return List.of(
                "serve",
                "--config",
                home.resolve("config").toString(),
                "--commands",
                home.resolve("commands").toString());
    }

    /** Answers what the bot asks of Slack, and nothing else. */
    static MockWebServer quietSlack() throws IOException {
        var server = new MockWebServer();
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return new MockResponse.Builder()
                                .code(200)
                                .addHeader("Content-Type", "application/json")
                                .body(
                                        """
                                        {"ok":true,"ts":"1.1","channel":"C1","user_id":"U0",
                                        "team_id":"T1","messages":[]}
                                        """)
                                .build();
                    }
                });
        server.start();
        return server;
    }

    /** What it answers to {@code /rollback WORDS}. */
    String say(String user, String words) {
        return new SlackLoad(Contestant.SIGNING_SECRET, user, words.replace(' ', '+'))
                .say(process.port());
    }

    /** Anna says it and it becomes a run. */
    RunId begin(String words) {
        String answer = say("U1", words);
        var found = RUN.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException(words + " began no run: " + answer);
        }
        return new RunId(found.group(1));
    }

    Run read(RunId id) {
        return Run.of(store.journal().read(id));
    }

    /**
     * Returns as soon as it is so.
     *
     * @throws IllegalStateException when the run is over and it is not so
     */
    Run awaits(String what, RunId id, Predicate<Run> isSo) {
        Await.until(
                what + " of run " + id,
                () -> isSo.test(read(id)) || read(id).outcome().isPresent());
        Run run = read(id);
        if (!isSo.test(run)) {
            throw new IllegalStateException(
                    "run " + id + " ended without " + what + ": " + run.outcome());
        }
        return run;
    }

    @Override
    public void close() {
        store.close();
        process.close();
        slack.close();
    }
}
