package backout.serve;

import static java.util.Objects.requireNonNull;

import backout.App;
import backout.calendar.Calendars;
import backout.chat.console.TextScreen;
import backout.chat.console.web.ConsoleServlet;
import backout.chat.console.web.SignInLinks;
import backout.config.Folders;
import backout.config.SiteLoader;
import backout.host.Command;
import backout.language.Phrase;
import backout.operations.Logs;
import backout.operations.Obeyed;
import backout.operations.ShiftTable;
import backout.operations.SiteCheck;
import backout.plan.HostPort;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.store.sql.SqlStore;

import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The bot that serves until it is stopped, and the links that let people into its console. */
public final class Serve {
    private static final Logger log = LoggerFactory.getLogger(Serve.class);

    private static final int ANSWERS_WITHIN = 3000;

    private final Assembly assembly;
    private final ProcessContext context;
    private final TextScreen out;

    public Serve(Assembly assembly, ProcessContext context, TextScreen out) {
        this.assembly = assembly;
        this.context = context;
        this.out = out;
    }

    /** Told to stop, runs get ten seconds to come to where they can be parked. */
    public int serve(Folders folders) {
        context.stop().heed();
        var hangUp = new AtomicReference<Runnable>(() -> {});
        Signals.register("HUP", () -> requireNonNull(hangUp.get()).run());
        Obeyed obeyed = assembly.obeyed(folders);
        SiteLoader.Loaded loaded = assembly.load(folders);
        try (var _ = Logs.take(loaded.bot(), context.environment(), context.clock());
                App app = assembly.open(loaded, warning -> log.warn("{}", warning));
                var serving = new Obeyed.Now(obeyed, loaded.bot().store());
                var faces = new Faces(app, context)) {
            var folder =
                    new Reload.Folder(
                            () -> assembly.obeyed(folders),
                            () -> assembly.load(folders),
                            next -> become(next, app, faces));
            var reload = new Reload(folder, loaded, obeyed, serving::become, app);
            hangUp.set(reload::now);
            Calendars calendars = assembly.calendars(loaded);
            faces.keep(calendars);
            faces.tidy(loaded.bot());
            var bot = loaded.bot();
            var links = links(loaded, elsewhere(folders));
            String console =
                    faces.console(bot.listenPrivate(), bot.console(), links, bot.language(), false);
            faces.chats(assembly.chats(), loaded, context.secrets());
            faces.receivers(loaded, context.secrets());
            noteShifts(loaded, calendars, app);
            app.resumer().serve();
            app.watch().start();
            faces.obey(reload);
            out.say(
                    "",
                    Phrase.of(
                            "Console: {0} (sign in with: bot/backout signin PERSON{1})",
                            console, folders.given()));
            out.say(
                    "",
                    Phrase.of(
                            "{0}; serving until it is stopped",
                            SiteCheck.summary(app.site()).summary()));
            context.stop().await();
            out.say("", Phrase.of("Stopped. Open runs go on at the next start."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /**
     * What is to be asked for or written down is so before anything changes, and what is only noted
     * is noted after: what was taken over is never refused.
     */
    private void become(SiteLoader.Loaded next, App app, Faces faces) {
        Calendars calendars = assembly.calendars(next).recall().complete();
        Renewals.Ready receivers = faces.ready(next, context.secrets());
        app.become(next.site());
        faces.follow(calendars, receivers);
        try {
            noteShifts(next, calendars, app);
        } catch (ProblemException e) {
            log.warn("changed shifts are not noticed: {}", e.problem());
        }
    }

    /**
     * Whoever plans a holiday should hear of another list before. Chats and receivers that are not
     * open yet would never hear of it.
     */
    private void noteShifts(SiteLoader.Loaded loaded, Calendars calendars, App app) {
        var news = new OnCallNews(loaded, app.journal(), app.clock());
        var _ = calendars.then(news::look);
        news.look();
        news.changed(assembly.shiftChanges(loaded));
        new ShiftTable(loaded.bot().store()).keep(loaded.written(), context.clock().instant());
    }

    /** Whoever can write into the store may sign anybody in. */
    public int signIn(Folders folders, String whom) {
        SiteLoader.Loaded loaded = assembly.load(folders);
        String person = loaded.site().person(whom).name();
        SqlStore.refuseOthers(loaded.bot().store());
        HostPort address = HostPort.parse(loaded.bot().listenPrivate()).orElseThrow();
        refuseUnserved(address, folders);
        String path = links(loaded, "").make(person);
        out.say("", Phrase.verbatim(ConsoleServlet.browsed(address.host(), address.port()) + path));
        out.say(
                "",
                Phrase.of(
                        "Whoever opens it first is {0}. It works once, within {1} minutes, while"
                                + " bot/backout serve runs.",
                        person, SignInLinks.GOOD_FOR.toMinutes()));
        return 0;
    }

    /** A link that leads nowhere is worse than none. */
    private static void refuseUnserved(HostPort address, Folders folders) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), ANSWERS_WITHIN);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of(
                            "nothing answers on {0}, so a link would lead nowhere: {1}",
                            address, Cause.of(e)),
                    Phrase.of(
                            "start it first: bot/backout serve{0}; or name the"
                                    + " configuration of the one that serves, with --config"
                                    + " DIR",
                            folders.given()));
        }
    }

    /** The options for who stands in another folder. */
    private String elsewhere(Folders folders) {
        return option(" --config ", "config", folders.config())
                + option(" --commands ", "commands", folders.commands());
    }

    private String option(String name, String usual, Path folder) {
        return folder.equals(context.home().resolve(usual))
                ? ""
                : name + Command.typed(List.of(folder.toAbsolutePath().normalize().toString()));
    }

    private SignInLinks links(SiteLoader.Loaded loaded, String options) {
        return new SignInLinks(loaded.bot().store(), context.clock(), options);
    }
}
