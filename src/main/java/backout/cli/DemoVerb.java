package backout.cli;

import backout.App;
import backout.chat.Block;
import backout.chat.Message;
import backout.chat.console.TextScreen;
import backout.chat.console.web.SignInLinks;
import backout.config.Folders;
import backout.demo.Demo;
import backout.demo.DemoSite;
import backout.demo.Stage;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.serve.Assembly;
import backout.serve.Faces;
import backout.serve.ProcessContext;
import backout.serve.Stop;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The demo with the bot's own faces. */
public final class DemoVerb {
    /** A demo that is stopped waits for the step that is at work, before all is removed. */
    private static final Duration FINISH_A_STEP = Duration.ofSeconds(30);

    /** How soon the end of a demo is noticed. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Assembly assembly;
    private final RunVerbs desk;
    private final ProcessContext context;
    private final TextScreen out;

    public DemoVerb(Assembly assembly, RunVerbs desk, ProcessContext context, TextScreen out) {
        this.assembly = assembly;
        this.desk = desk;
        this.context = context;
        this.out = out;
    }

    /** Plays the story, or lets somebody play; the exit code. */
    public int demo(Verb.Demo verb) {
        context.stop().heed();
        var demo =
                new Demo(
                        new Demo.Ground(
                                new OnScreen(out, context.stop()),
                                verb.mayInstall(),
                                verb.automatic(),
                                temporary(),
                                context.environment(),
                                context.clock(),
                                context.nanos(),
                                context.zone(),
                                site -> atWork(folders(verb, site))));
        return verb.script()
                ? demo.script()
                : demo.explore(site -> whatNow(folders(verb, site), site));
    }

    private Path temporary() {
        String usual = System.getProperty("java.io.tmpdir");
        return Path.of(context.environment().getOrDefault("TMPDIR", usual));
    }

    private static Folders folders(Verb.Demo verb, DemoSite site) {
        return new Folders(site.config(), verb.commands(), " --config " + site.config());
    }

    private App atWork(Folders folders) {
        App app = assembly.open(folders);
        app.closeWithin(FINISH_A_STEP);
        app.resumer().serve();
        return app;
    }

    /** Lets somebody at the demo's site, until they leave or the process is told to stop. */
    private void whatNow(Folders folders, DemoSite site) {
        try (App app = atWork(folders);
                var faces = new Faces(app, context)) {
            app.watch().start();
            var links = new SignInLinks(site.root(), context.clock());
            String language = context.language().locale().toLanguageTag();
            String address = faces.console("127.0.0.1:0", Optional.empty(), links, language, true);
            invite(address, site.targets());
            var console =
                    Thread.ofPlatform()
                            .daemon()
                            .name("console")
                            .start(() -> untilLeft(app, new Verb.Console(folders, "li")));
            while (!context.stop().isAsked() && !console.join(LOOK_EVERY)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where nobody can type, as under nohup, the page is all there is. */
    private void untilLeft(App app, Verb.Console verb) {
        if (desk.console(app, verb, !context.terminal()) || context.terminal()) {
            return;
        }
        out.say(
                "",
                Phrase.of(
                        "There is nothing to read from here: the demo stays until it is stopped by"
                                + " Ctrl-C or SIGTERM."));
        try {
            context.stop().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void invite(String address, List<TargetName> targets) {
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
                                Block.Code.of(Phrase.of("To be typed:"), typed(targets)))));
    }

    private List<String> typed(List<TargetName> targets) {
        var lines = new ArrayList<String>();
        for (TargetName name : targets) {
            lines.add(name.kind() + " " + name.name() + " because 5xx after the release");
        }
        lines.add(say(Phrase.of("confirm RUN          RUN is the run's id, which its plan shows")));
        lines.add("status, history " + targets.getFirst().name() + ", help");
        lines.add(say(Phrase.of("exit                 ends the demo and removes all of it")));
        return lines;
    }

    private String say(Phrase line) {
        return context.language().say(line);
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
