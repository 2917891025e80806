package backout.serve;

import backout.App;
import backout.calendar.Calendars;
import backout.chat.console.web.ConsoleServlet;
import backout.chat.console.web.SignInLinks;
import backout.config.BotConfig;
import backout.config.SiteLoader;
import backout.frontdesk.Chat;
import backout.frontdesk.ChatKeys;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Notices;
import backout.report.Pages;
import backout.report.Publisher;
import backout.report.Room;
import backout.run.Loop;

import jakarta.servlet.http.HttpServlet;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Where people reach a serving bot: the web console, and the chats that the site enables. */
public final class Faces implements AutoCloseable {
    private final App app;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ZoneId zone;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Operators operators;
    private final SiteDoctor doctor;
    private final Renewals renewals;
    private volatile Map<String, Chat<?>> chats = Map.of();

    /** Opens nothing yet. */
    public Faces(App app, ProcessContext context) {
        this.app = app;
        this.clock = context.clock();
        this.nanos = context.nanos();
        this.zone = context.zone();
        this.operators = new Operators(app, context);
        this.doctor = new SiteDoctor(app, context, () -> chats);
        this.renewals = new Renewals(new Couriers(app, clock, zone), operators);
        closing.push(operators::close);
        closing.push(renewals::close);
    }

    /**
     * Opens the private listener.
     *
     * @param address {@code HOST:PORT}
     * @param language of who asks for none that there is: {@code zh}
     * @param url where browsers elsewhere reach it
     * @param demo whether anybody may be anybody without signing in
     * @return the address that a browser on this host opens
     * @throws ProblemException when it cannot listen there
     */
    public String console(
            String address, Optional<URI> url, SignInLinks links, String language, boolean demo) {
        var usual = Language.of(language, zone);
        String host = address.substring(0, address.lastIndexOf(':'));
        var hosts = new HashSet<>(Set.of(host));
        url.ifPresent(it -> hosts.add(it.getHost().toLowerCase(Locale.ROOT)));
        var console = new ConsoleServlet(app, usual, links, hosts, demo, doctor);
        var listener = listening(() -> Listener.open(address, operators.besides("/*", console)));
        closing.push(listener::close);
        closing.push(console::close);
        return ConsoleServlet.browsed(host, listener.port());
    }

    /** Who cannot listen is told where the address stands. */
    private Listener listening(Supplier<Listener> open) {
        try {
            return open.get();
        } catch (ProblemException e) {
            Problem problem = e.problem();
            String where = app.site().file("backout.yml") + " listen";
            var told = Problem.stop(problem.what(), where, problem.next());
            told.initCause(e);
            throw told;
        }
    }

    /** Takes over what is changed in the folders, and tells operators how that is. */
    void obey(Reload reload) {
        operators.watch("configuration", reload::says);
        begin(reload.loop());
    }

    /**
     * Makes ready whoever is told besides the chats.
     *
     * @throws ProblemException when that cannot be; whoever is told now goes on to be
     */
    Renewals.Ready ready(SiteLoader.Loaded loaded, Secrets secrets) {
        return renewals.ready(loaded, secrets);
    }

    /** Goes on with the site as it is now, and with what else was read with it; never fails. */
    void follow(Calendars calendars, Renewals.Ready receivers) {
        operators.follow();
        keep(calendars);
        renewals.tell(receivers);
    }

    /** Reads from now on, now and then, the calendars that say who is on call; no others. */
    void keep(Calendars calendars) {
        renewals.read(calendars);
    }

    /** Removes from now on what is kept long enough. */
    void tidy(BotConfig bot) {
        closing.push(operators.tidy(bot.retention())::close);
    }

    /**
     * Opens the public listener for the chats that are enabled and for programs that sign what they
     * say, and begins to publish in the chats. When another is served again, nothing of what
     * happens until then is told there.
     *
     * @throws ProblemException when a secret is missing or it cannot listen there
     */
    void chats(List<ChatKind> kinds, SiteLoader.Loaded loaded, Secrets secrets) {
        var language = Language.of(loaded.bot().language(), zone);
        var open = new LinkedHashMap<Chat.Means, Chat<HttpServlet>>();
        for (ChatKind kind : kinds) {
            loaded.chat()
                    .of(kind.name())
                    .map(of -> new Chat.Means(kind.keys(), of, secrets, language, app, nanos))
                    .ifPresentOrElse(
                            means -> open.put(means, kind.open().apply(means)),
                            () -> leave(kind.name()));
        }
        var doors = new HashMap<String, HttpServlet>();
        if (!loaded.site().programs().isEmpty()) {
            doors.put(WebhookDoor.PATH, new WebhookDoor(app, secrets, nanos));
        }
        if (StatusDoor.isWanted(loaded.site())) {
            doors.put(StatusDoor.PATH, new StatusDoor(app::site, app.journal(), clock));
        }
        open.values().forEach(chat -> doors.putAll(chat.doors()));
        open.values().forEach(chat -> closing.push(chat::close));
        if (!doors.isEmpty()) {
            var listener = listening(() -> Listener.toAnybody(loaded.bot().listenPublic(), doors));
            closing.push(listener::close);
        }
        open.forEach(this::publish);
        var called = new LinkedHashMap<String, Chat<?>>();
        open.forEach((means, chat) -> called.put(means.keys().called(), chat));
        this.chats = called;
        open.values().stream().flatMap(chat -> chat.loops().stream()).forEach(this::begin);
    }

    /** Tells from now on what happened to these who are no chats, and to no others. */
    void receivers(SiteLoader.Loaded loaded, Secrets secrets) {
        renewals.tell(renewals.ready(loaded, secrets));
    }

    private void leave(String chat) {
        app.outbox().leave(chat);
        app.outbox().leave(Pages.face(chat));
    }

    private void begin(Loop loop) {
        operators.add(loop.start());
        closing.push(loop::stop);
    }

    private void publish(Chat.Means means, Chat<HttpServlet> chat) {
        String called = means.keys().called();
        List<String> announce = means.settings().texts(ChatKeys.ANNOUNCE);
        Room room = chat.room();
        operators.chat(room, () -> introduce(called, chat));
        var publisher =
                new Publisher(
                        room,
                        announce,
                        app::site,
                        app.journal(),
                        app.outbox(),
                        app.posts(),
                        clock,
                        app.observers(),
                        app.runner().live());
        operators.watch("announcements in " + room.chat(), publisher::channels);
        app.outbox().join(room.chat());
        operators.add(publisher.start());
        closing.push(publisher::stop);
        var notices =
                new Notices(room, announce, app.journal(), app.outbox(), clock, app.observers());
        operators.add(notices.start());
        closing.push(notices::stop);
        app.outbox().join(Pages.face(room.chat()));
        var pages =
                new Pages(
                        room,
                        app::site,
                        app.journal(),
                        app.outbox(),
                        app.posts(),
                        clock,
                        app.observers());
        operators.add(pages.start());
        closing.push(pages::stop);
    }

    /**
     * A token that is no good is told at once and not at the first rollback; the bot still serves.
     */
    private static String introduce(String called, Chat<HttpServlet> chat) {
        try {
            return called + " knows this bot as " + chat.whoAmI();
        } catch (Room.Refused e) {
            throw new ProblemException(e.problem());
        } catch (Room.Later e) {
            throw Problem.stop(
                    Phrase.of("{0} did not say who this bot is: {1}", called, e.why()),
                    Phrase.of("nothing; it is asked again in a minute"));
        }
    }

    /** The latest first: what sends stops before what receives. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
