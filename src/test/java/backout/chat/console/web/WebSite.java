package backout.chat.console.web;

import backout.chat.ChatRequest;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.command.Site;
import backout.config.SiteLoader;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.Folders;
import backout.frontdesk.Bot;
import backout.frontdesk.Doctor;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Origin;
import backout.frontdesk.Reply;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.run.Executors;
import backout.run.Journal;
import backout.run.RunId;
import backout.run.Runner;
import backout.serve.Listener;
import backout.store.sql.SqlStore;
import backout.story.SimSite;
import backout.watch.Leader;
import backout.watch.Resumer;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A bot whose web console is open, with a real journal, desk and runner and a staged service. */
final class WebSite implements Bot, AutoCloseable {
    /** A compose without its settings: nothing here reaches a real one. */
    private static final TargetKind COMPOSE =
            new TargetKind(
                    "compose",
                    List.of(),
                    ComposeExecutor.KIND.prepare(),
                    ComposeExecutor.KIND.swap());

    static final TargetName RELAY = new TargetName("compose", "claude-relay");

    final StagedService service;
    final SignInLinks links;
    final ConsoleServlet servlet;
    final AtomicInteger taken = new AtomicInteger();
    volatile Site site;
    volatile Doctor doctor = _ -> {};
    private final Path home = Folders.make("console");
    private final SqlStore store;
    private final Resumer resumer;
    private final Listener listener;
    private final FrontDesk desk;
    private final InstantSource clock;

    WebSite(InstantSource clock, boolean demo) {
        this.clock = clock;
        SimSite folders = SimSite.in(home, 1, "0s");
        Folders.delete(home.resolve("commands/sim.yml"));
        folders.write(
                "commands/compose.yml",
                """
                name: compose
                says: Roll a compose service back to its last good release
                words: "[TARGET] [to RELEASE] [severity p1|p2|p3] [because REASON...]"
                level: L1
                does: rollback
                kind: compose
                prepare: [compose.pull, compose.backup]
                switch: [compose.file, compose.up]
                checks: ["container [STATE] == running"]
                """);
        folders.write(
                "config/people.yml",
                """
                people:
                  li: {level: L1}
                  anna: {level: L2}
                  ben: {level: L2}
                  dora: {level: L3}
                """);
        folders.write(
                "config/approvals.yml",
                """
                policies:
                  production: {votes: 1, from: L2}
                  staging: {votes: 0}
                """);
        folders.write(
                "config/targets.yml",
                """
                targets:
                  compose/claude-relay: {policy: production, soak: 0s}
                  compose/gateway: {policy: staging, soak: 0s}
                """);
        site =
                new SiteLoader(
                                Map.of("compose", COMPOSE),
                                List.of(SlackChat.KEYS, DiscordChat.KEYS))
                        .load(home.resolve("commands"), home.resolve("config"))
                        .site();
        service = new StagedService(clock);
        store = SqlStore.open(home.resolve("var"), clock);
        var runner =
                new Runner(
                        site,
                        new Executors(Map.of("compose", service), clock),
                        store.journal(),
                        store.leases(),
                        clock,
                        System::nanoTime);
        var random = new SecureRandom();
        desk =
                new FrontDesk(
                        site,
                        journal(),
                        runner,
                        clock,
                        () -> RunId.random(random),
                        _ -> true,
                        new Origin("host root"));
        resumer =
                new Resumer(
                        journal(), runner::drive, runner::page, new Leader(store.leases()), clock);
        links = new SignInLinks(home.resolve("var"), clock);
        var pace = new Streams.Pace(Duration.ofMillis(50), Duration.ofMillis(300));
        servlet =
                new ConsoleServlet(
                        this,
                        Language.ENGLISH,
                        links,
                        Set.of("console.example"),
                        demo,
                        tell -> doctor.examine(tell),
                        pace);
        listener = Listener.open("127.0.0.1:0", Map.of("/*", servlet));
    }

    @Override
    public Site site() {
        return site;
    }

    @Override
    public Journal journal() {
        return store.journal();
    }

    @Override
    public Optional<Phrase> halted(RunId id) {
        return resumer.halted(id);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    /** As {@code App} does it. */
    @Override
    public Reply take(ChatRequest request) {
        taken.incrementAndGet();
        Reply reply = desk.take(request);
        if (reply instanceof Reply.OfRun(RunId id, Phrase _)) {
            resumer.drive(id);
        }
        return reply;
    }

    Path home() {
        return home;
    }

    int port() {
        return listener.port();
    }

    String address() {
        return ConsoleServlet.browsed("127.0.0.1", port());
    }

    /** A browser in which this person is signed in. */
    Browser as(String person) {
        var browser = new Browser(port());
        String link = links.make(person);
        var offer = browser.get(link);
        var in = browser.post("/signin", Map.of("token", offer.field("token")));
        if (in.status() != 303) {
            throw new AssertionError("could not sign in: " + in);
        }
        return browser;
    }

    @Override
    public void close() {
        servlet.close();
        listener.close();
        var _ = resumer.stop(Duration.ofSeconds(5));
        store.close();
        Folders.delete(home);
    }
}
