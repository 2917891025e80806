package backout.cli;

import backout.App;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.console.Follower;
import backout.chat.console.Lines;
import backout.chat.console.PipedLines;
import backout.chat.console.Style;
import backout.chat.console.Terminal;
import backout.chat.console.TextScreen;
import backout.chat.console.TypedLines;
import backout.config.Folders;
import backout.frontdesk.Answerer;
import backout.frontdesk.Completions;
import backout.frontdesk.Conversation;
import backout.frontdesk.History;
import backout.frontdesk.RunFilter;
import backout.frontdesk.Turns;
import backout.frontdesk.WantedPlan;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.ByHand;
import backout.report.Card;
import backout.report.ChecksNow;
import backout.run.Glance;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.serve.Assembly;
import backout.serve.ProcessContext;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What a person at the host does with runs: begin, follow, plan, ask about, cancel them. */
public final class RunVerbs {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int UNKNOWN = 4;

    /** A run that is at work when one's own is over is finished first. */
    private static final Duration FINISH = Duration.ofMinutes(15);

    private final Assembly assembly;
    private final ProcessContext context;
    private final TextScreen out;
    private final TextScreen err;

    public RunVerbs(Assembly assembly, ProcessContext context, TextScreen out, TextScreen err) {
        this.assembly = assembly;
        this.context = context;
        this.out = out;
        this.err = err;
    }

    /** What belongs to no run of this command's own is only told; the exit code. */
    public int run(Verb.Run verb) {
        context.stop().heed();
        try (App app = assembly.open(verb.folders())) {
            app.site().person(verb.person());
            var typed = ChatRequest.Typed.once(Terminal.FACE, verb.person(), verb.words());
            var told = new Told(app, verb, typed.delivery());
            Conversation.give(app.desk().take(typed), told);
            return told.code;
        }
    }

    /** One request, and the exit code that came of it. */
    private final class Told implements Answerer {
        private final App app;
        private final Verb.Run verb;
        private final String delivery;
        private int code = DONE;

        Told(App app, Verb.Run verb, String delivery) {
            this.app = app;
            this.verb = verb;
            this.delivery = delivery;
        }

        @Override
        public void tell(Message message) {
            out.show(message);
        }

        @Override
        public void refuse(List<Problem> problems) {
            throw new ProblemException(problems);
        }

        /** Who waits for the answer alone is told nothing before it. */
        @Override
        public void promise(Phrase said) {}

        @Override
        public void lead(RunId run, Phrase said) {
            out.say("", said);
            var request = Run.of(app.journal().read(run)).request();
            if (request.delivery().equals(delivery)) {
                code = follow(app, verb, request);
            } else {
                warnIdle(app, run);
            }
        }
    }

    /** What was said is kept, but somebody must be there to act on it. */
    private void warnIdle(App app, RunId id) {
        boolean over = Run.of(app.journal().read(id)).outcome().isPresent();
        if (!over && !app.resumer().isAnybodyAtWork()) {
            err.say(
                    "! ",
                    Phrase.of(
                            "no Backout is at work, so nothing happens yet: start bot/backout"
                                    + " serve"));
        }
    }

    private int follow(App app, Verb.Run verb, RunEvent.Requested request) {
        app.sight(request.target());
        app.resumer().start();
        app.resumer().drive(request.run());
        if (app.resumer().isElsewhere()) {
            out.say(
                    "",
                    Phrase.of("bot/backout serve drives it; its log tells what you miss here."));
        }
        var follower =
                new Follower(
                        app,
                        out,
                        context.zone(),
                        hints(verb.folders()),
                        request.run(),
                        verb.person(),
                        verb.yes());
        int code = follower.follow(context.stop()::isAsked, Thread::sleep);
        if (!context.stop().isAsked()) {
            app.sight(request.target());
        }
        app.closeWithin(context.stop().isAsked() ? Duration.ZERO : FINISH);
        return code;
    }

    public int cancel(Verb.Cancel verb) {
        return run(new Verb.Run(verb.folders(), "cancel " + verb.run(), verb.person(), false));
    }

    public int plan(Verb.Plan verb) {
        try (App app = verb.shell() ? quiet(verb.folders()) : assembly.open(verb.folders())) {
            WantedPlan wanted = app.desk().wanted(verb.words());
            try {
                Plan plan = app.runner().draft(wanted.targets(), wanted.invocation());
                if (verb.shell()) {
                    var script =
                            new PlanScript(
                                    wanted.only(),
                                    plan,
                                    app.executor(wanted.only())::action,
                                    wanted.invocation().command().isEmergency());
                    context.out().print(script.text(context.language()));
                } else {
                    out.show(Card.ofPlan(plan));
                }
                return DONE;
            } catch (ProblemException e) {
                err.refuse(e.problems());
                return e.isOfWords() ? REFUSED : FAILED;
            }
        }
    }

    /** Nothing but the script is printed where one is. */
    private App quiet(Folders folders) {
        return assembly.open(folders, warning -> err.say("! ", warning));
    }

    public int status(Verb.Status verb) {
        return show(verb.folders(), app -> app.desk().status(verb.target()));
    }

    /** The exit code tells what they say. */
    public int verify(Verb.Verify verb) {
        try (App app = assembly.open(verb.folders())) {
            Target target = app.desk().target(verb.target());
            Glance glance = app.runner().checks(target);
            var byHand = new ByHand(app.site(), target, app.journal().read(target.name()));
            out.show(ChecksNow.of(target, glance, Phrase.NONE, byHand.blocks()));
            return switch (glance.evidence().finding()) {
                case WELL -> DONE;
                case UNWELL -> FAILED;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    public int decide(Verb.Decide verb) {
        return show(verb.folders(), app -> app.desk().decide(verb.target()));
    }

    public int onCall(Verb.OnCall verb) {
        return show(verb.folders(), app -> new Turns(app.site(), app.clock()).now());
    }

    public int history(Verb.History verb) {
        try (App app = verb.json() ? quiet(verb.folders()) : assembly.open(verb.folders())) {
            var wanted =
                    RunFilter.of(
                            app.site(),
                            verb.target(),
                            verb.by(),
                            verb.result(),
                            verb.since(),
                            context.clock().instant(),
                            context.zone());
            int most = RunUsage.most(verb.most());
            if (verb.json()) {
                new History(app.journal())
                        .runs(wanted, most).stream()
                                .map(RunJson::line)
                                .forEach(context.out()::println);
            } else {
                out.show(app.desk().history(wanted, most));
            }
            return DONE;
        }
    }

    private int show(Folders folders, Function<App, Message> question) {
        try (App app = assembly.open(folders)) {
            out.show(question.apply(app));
            return DONE;
        }
    }

    public int console(Verb.Console verb) {
        try (App app = assembly.open(verb.folders())) {
            app.site().person(verb.person());
            app.resumer().start();
            out.say(
                    "",
                    Phrase.of("Runs that are open when you leave go on with bot/backout serve."));
            var _ = console(app, verb, false);
            return DONE;
        }
    }

    /**
     * The same with an App that is at work already.
     *
     * @param stays whether it is at work, and its runs are followed, when there is nothing more to
     *     read
     * @return whether somebody left; else there is nothing more to read
     */
    boolean console(App app, Verb.Console verb, boolean stays) {
        if (context.terminal()) {
            var completions = new Completions(app.site(), app.journal());
            try (var lines = TypedLines.open(completions::after)) {
                return console(verb, app, lines, stays);
            }
        }
        return console(
                verb, app, new PipedLines(context.in(), context.out(), context.width()), stays);
    }

    private boolean console(Verb.Console verb, App app, Lines lines, boolean stays) {
        var terminal =
                new Terminal(
                        app,
                        lines,
                        Style.of(context.terminal(), context.environment()),
                        context.language(),
                        verb.person(),
                        hints(verb.folders()));
        boolean left = terminal.run(context.stop()::isAsked, Thread::sleep);
        if (left || !stays) {
            terminal.leave();
        }
        return left;
    }

    private static Terminal.Hints hints(Folders folders) {
        return (words, person) ->
                "bot/backout run \"" + words + "\" --as " + person + folders.given();
    }
}
