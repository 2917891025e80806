package backout;

import backout.chat.Block;
import backout.chat.Message;
import backout.chat.console.TextScreen;
import backout.chat.console.web.SignInLinks;
import backout.demo.Demo;
import backout.demo.DemoSite;
import backout.demo.Stage;
import backout.language.Phrase;
import backout.problem.Problem;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The demo with the bot's own faces. */
final class Playground {
    /** A demo that is stopped waits for the step that is at work, before all is removed. */
    private static final Duration FINISH_A_STEP = Duration.ofSeconds(30);

    /** How soon the end of a demo is noticed. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final List<Phrase> TYPED =
            List.of(
                    Phrase.verbatim("compose claude-relay because 5xx after the release"),
                    Phrase.of("confirm RUN          RUN is the run's id, which its plan shows"),
                    Phrase.verbatim("status, history claude-relay, help"),
                    Phrase.of("exit                 ends the demo and removes all of it"));

    private final Assembly assembly;
    private final HostDesk desk;
    private final Outside outside;
    private final TextScreen out;

    Playground(Assembly assembly, HostDesk desk, Outside outside, TextScreen out) {
        this.assembly = assembly;
        this.desk = desk;
        this.outside = outside;
        this.out = out;
    }

    /** Plays the story, or lets somebody play; the exit code. */
    int demo(Wish.Demo wish) {
        outside.stop().heed();
        var demo =
                new Demo(
                        new Demo.Ground(
                                new OnScreen(out, outside.stop()),
                                wish.mayInstall(),
                                temporary(),
                                outside.environment(),
                                outside.clock(),
                                outside.nanos(),
                                outside.zone(),
                                site -> atWork(folders(wish, site))));
        return wish.script()
                ? demo.script()
                : demo.explore(site -> whatNow(folders(wish, site), site));
    }

    private Path temporary() {
        String usual = System.getProperty("java.io.tmpdir");
        return Path.of(outside.environment().getOrDefault("TMPDIR", usual));
    }

    private static Wish.Folders folders(Wish.Demo wish, DemoSite site) {
        return new Wish.Folders(site.config(), wish.commands(), " --config " + site.config());
    }

    private App atWork(Wish.Folders folders) {
        App app = assembly.open(folders);
        app.closeWithin(FINISH_A_STEP);
        app.resumer().serve();
        return app;
    }

    /** Lets somebody at the demo's site, until they leave or the process is told to stop. */
    private void whatNow(Wish.Folders folders, DemoSite site) {
        try (App app = atWork(folders);
                var faces = new Faces(app, outside)) {
            app.watch().start();
            var links = new SignInLinks(site.root(), outside.clock());
            String language = outside.language().locale().toLanguageTag();
            String address = faces.console("127.0.0.1:0", links, language, true);
            invite(address);
            var console =
                    Thread.ofPlatform()
                            .daemon()
                            .name("console")
                            .start(() -> untilLeft(app, new Wish.Console(folders, "li")));
            while (!outside.stop().isAsked() && !console.join(LOOK_EVERY)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where nobody can type, as under nohup, the page is all there is. */
    private void untilLeft(App app, Wish.Console wish) {
        if (desk.console(app, wish, !outside.terminal()) || outside.terminal()) {
            return;
        }
        out.say(
                "",
                Phrase.of(
                        "There is nothing to read from here: the demo stays until it is stopped by"
                                + " Ctrl-C or SIGTERM."));
        try {
            outside.stop().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void invite(String address) {
        int port = URI.create(address).getPort();
        out.say("", Phrase.NONE);
        out.say("", Phrase.of("Open {0} in a browser: the page says what to do.", address));
        out.say(
                "",
                Phrase.of(
                        "From another machine, first: ssh -L {0}:127.0.0.1:{1} THIS-HOST",
                        port, port));
        Phrase people =
                Phrase.of(
                        "Or type here. You are li, a developer (L1); {0} They vote on the page, or"
                                + " by the line that is printed for them.",
                        Demo.PEOPLE);
        out.show(
                new Message(
                        people,
                        List.of(
                                new Block.Text(people),
                                Block.Code.of(Phrase.of("To be typed:"), typed()))));
    }

    private List<String> typed() {
        return TYPED.stream().map(outside.language()::say).toList();
    }

    /** The demo is watched where everything else is. */
    private record OnScreen(TextScreen screen, Stop stop) implements Stage {
        @Override
        public void show(Message message) {
            screen.show(message);
        }

        @Override
        public void say(String lead, Phrase text) {
            screen.say(lead, text);
        }

        @Override
        public void refuse(List<Problem> problems) {
            screen.refuse(problems);
        }

        @Override
        public boolean isStopped() {
            return stop.isAsked();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    }
}
