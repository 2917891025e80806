package backout;

import backout.chat.console.TextScreen;
import backout.chat.console.web.ConsoleServlet;
import backout.chat.console.web.SignInLinks;
import backout.config.Loaded;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Secrets;
import backout.store.sql.SqlStore;

/** The bot that serves until it is stopped, and the links that let people into its console. */
final class Serving {
    private final Assembly assembly;
    private final Outside outside;
    private final TextScreen out;

    Serving(Assembly assembly, Outside outside, TextScreen out) {
        this.assembly = assembly;
        this.outside = outside;
        this.out = out;
    }

    /** Told to stop, runs get ten seconds to come to where they can be parked. */
    int serve(Wish.Serve wish) {
        outside.stop().heed();
        Loaded loaded = assembly.load(wish.folders());
        try (var _ = Upkeep.logs(loaded.bot(), outside);
                App app = assembly.open(loaded, Upkeep::warn);
                var faces = new Faces(app, outside)) {
            faces.tidy(loaded.bot());
            var bot = loaded.bot();
            String console =
                    faces.console(bot.listenPrivate(), links(loaded), bot.language(), false);
            loaded.chat()
                    .slack()
                    .ifPresentOrElse(
                            slack -> faces.slack(slack, loaded.bot(), secrets()),
                            faces::withoutSlack);
            app.resumer().serve();
            app.watch().start();
            out.say(
                    "",
                    Phrase.of(
                            "Console: {0} (sign in with: bot/backout signin PERSON{1})",
                            console, wish.folders().given()));
            out.say(
                    "",
                    Phrase.of(
                            "{0}; serving until it is stopped",
                            SiteCheck.summary(app.site()).summary()));
            outside.stop().await();
            out.say("", Phrase.of("Stopped. Open runs go on at the next start."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Whoever can write into the store may sign anybody in. */
    int signIn(Wish.SignIn wish) {
        Loaded loaded = assembly.load(wish.folders());
        String person = loaded.site().person(wish.person()).name();
        SqlStore.refuseOthers(loaded.bot().store());
        String path = links(loaded).make(person);
        HostPort address = HostPort.parse(loaded.bot().listenPrivate()).orElseThrow();
        out.say("", Phrase.verbatim(ConsoleServlet.browsed(address.host(), address.port()) + path));
        out.say(
                "",
                Phrase.of(
                        "Whoever opens it first is {0}. It works once, within {1} minutes, while"
                                + " bot/backout serve runs.",
                        person, SignInLinks.GOOD_FOR.toMinutes()));
        return 0;
    }

    private SignInLinks links(Loaded loaded) {
        return new SignInLinks(loaded.bot().store(), outside.clock());
    }

    private Secrets secrets() {
        return new Secrets(name -> outside.environment().getOrDefault(name, ""));
    }
}
