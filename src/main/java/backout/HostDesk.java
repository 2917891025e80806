package backout;

import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.console.Completions;
import backout.chat.console.Follower;
import backout.chat.console.Lines;
import backout.chat.console.PipedLines;
import backout.chat.console.Style;
import backout.chat.console.Terminal;
import backout.chat.console.TextScreen;
import backout.chat.console.TypedLines;
import backout.frontdesk.Answerer;
import backout.frontdesk.Conversation;
import backout.frontdesk.FrontDesk;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What a person at the host does with runs: begin, follow, plan, ask about, cancel them. */
final class HostDesk {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    /** A run that is at work when one's own is over is finished first. */
    private static final Duration FINISH = Duration.ofMinutes(15);

    private final Assembly assembly;
    private final Outside outside;
    private final TextScreen out;
    private final TextScreen err;

    HostDesk(Assembly assembly, Outside outside, TextScreen out, TextScreen err) {
        this.assembly = assembly;
        this.outside = outside;
        this.out = out;
        this.err = err;
    }

    /** What belongs to no run of this command's own is only told; the exit code. */
    int run(Wish.Run wish) {
        outside.stop().heed();
        try (App app = assembly.open(wish.folders())) {
            app.site().person(wish.person());
            var typed = ChatRequest.Typed.once(Terminal.FACE, wish.person(), wish.words());
            var told = new Told(app, wish, typed.delivery());
            Conversation.give(app.desk().take(typed), told);
            return told.code;
        }
    }

    /** One request, and the exit code that came of it. */
    private final class Told implements Answerer {
        private final App app;
        private final Wish.Run wish;
        private final String delivery;
        private int code = DONE;

        Told(App app, Wish.Run wish, String delivery) {
            this.app = app;
            this.wish = wish;
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
                code = follow(app, wish, request);
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

    private int follow(App app, Wish.Run wish, RunEvent.Requested request) {
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
                        outside.zone(),
                        hints(wish.folders()),
                        request.run(),
                        wish.person(),
                        wish.yes());
        int code = follower.follow(outside.stop()::isAsked, Thread::sleep);
        if (!outside.stop().isAsked()) {
            app.sight(request.target());
        }
        app.closeWithin(outside.stop().isAsked() ? Duration.ZERO : FINISH);
        return code;
    }

    int cancel(Wish.Cancel wish) {
        return run(new Wish.Run(wish.folders(), "cancel " + wish.run(), wish.person(), false));
    }

    int plan(Wish.Plan wish) {
        try (App app = wish.shell() ? quiet(wish.folders()) : assembly.open(wish.folders())) {
            FrontDesk.Wanted wanted = app.desk().wanted(wish.words());
            try {
                Plan plan = app.runner().draft(wanted.target(), wanted.invocation());
                if (wish.shell()) {
                    var script =
                            new PlanScript(
                                    wanted.target(), plan, app.executor(wanted.target())::action);
                    outside.out().print(script.text(outside.language()));
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
    private App quiet(Wish.Folders folders) {
        return assembly.open(folders, warning -> err.say("! ", warning));
    }

    int status(Wish.Status wish) {
        return show(wish.folders(), desk -> desk.status(wish.target()));
    }

    int history(Wish.History wish) {
        return show(wish.folders(), desk -> desk.history(wish.target()));
    }

    private int show(Wish.Folders folders, Function<FrontDesk, Message> question) {
        try (App app = assembly.open(folders)) {
            out.show(question.apply(app.desk()));
            return DONE;
        }
    }

    int console(Wish.Console wish) {
        try (App app = assembly.open(wish.folders())) {
            app.site().person(wish.person());
            app.resumer().start();
            out.say(
                    "",
                    Phrase.of("Runs that are open when you leave go on with bot/backout serve."));
            var _ = console(app, wish, false);
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
    boolean console(App app, Wish.Console wish, boolean stays) {
        if (outside.terminal()) {
            var completions = new Completions(app.site(), app.journal());
            try (var lines = TypedLines.open(completions::after)) {
                return console(wish, app, lines, stays);
            }
        }
        return console(
                wish, app, new PipedLines(outside.in(), outside.out(), outside.width()), stays);
    }

    private boolean console(Wish.Console wish, App app, Lines lines, boolean stays) {
        var terminal =
                new Terminal(
                        app,
                        lines,
                        Style.of(outside.terminal(), outside.environment()),
                        outside.language(),
                        wish.person(),
                        hints(wish.folders()));
        boolean left = terminal.run(outside.stop()::isAsked, Thread::sleep);
        if (left || !stays) {
            terminal.leave();
        }
        return left;
    }

    private static Terminal.Hints hints(Wish.Folders folders) {
        return (words, person) ->
                "bot/backout run \"" + words + "\" --as " + person + folders.given();
    }
}
