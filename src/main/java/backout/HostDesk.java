package backout;

import backout.chat.Block;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.console.Completions;
import backout.chat.console.Follower;
import backout.chat.console.Ground;
import backout.chat.console.Hints;
import backout.chat.console.Lines;
import backout.chat.console.PipedLines;
import backout.chat.console.Style;
import backout.chat.console.Terminal;
import backout.chat.console.TextScreen;
import backout.chat.console.TypedLines;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.run.Move;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a person at the host does with runs: begin, follow, plan, ask about, cancel them. */
final class HostDesk {
    private static final int DONE = 0;
    private static final int FAILED = 1;

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
            Ground ground = ground(app);
            var typed = ground.typed(wish.person(), wish.words());
            return switch (app.desk().take(typed)) {
                case Reply.Told(Message message) -> {
                    out.show(message);
                    yield DONE;
                }
                case Reply.OfTarget(var _, Message message) -> {
                    out.show(message);
                    yield DONE;
                }
                case Reply.Later(Phrase _, Supplier<Message> answer) -> {
                    out.show(answer.get());
                    yield DONE;
                }
                case Reply.Ask(Form _, Problem problem) -> throw new ProblemException(problem);
                case Reply.OfRun(RunId id, Phrase said) -> {
                    out.say("", said);
                    var request = Run.of(app.journal().read(id)).request();
                    yield request.delivery().equals(typed.delivery())
                            ? follow(app, wish, ground, request)
                            : DONE;
                }
            };
        }
    }

    private int follow(App app, Wish.Run wish, Ground ground, RunEvent.Requested request) {
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
                        ground,
                        out,
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
        try (App app = assembly.open(wish.folders())) {
            FrontDesk.Wanted wanted = app.desk().wanted(wish.words());
            try {
                Plan plan = app.runner().draft(wanted.target(), wanted.invocation());
                out.show(Card.ofPlan(plan));
                if (wish.shell()) {
                    out.show(byHand(app, wanted, plan));
                }
                return DONE;
            } catch (ProblemException e) {
                err.refuse(e.problems());
                return FAILED;
            }
        }
    }

    private static Message byHand(App app, FrontDesk.Wanted wanted, Plan plan) {
        var actions = app.executor(wanted.target()).actions();
        var lines = new ArrayList<Phrase>();
        for (int index : plan.undo()) {
            var step = plan.steps().get(index);
            if (actions.get(step.action()) instanceof Move move) {
                lines.addAll(move.byHand(step, Optional.empty()));
            }
        }
        Phrase title =
                Phrase.of("By hand, to bring {0} back if everything fails", plan.from().name());
        return new Message(title, List.of(new Block.Code(title, lines)));
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
            return console(app, wish);
        }
    }

    /** The same with an App that is at work already, and stays so. */
    int console(App app, Wish.Console wish) {
        if (outside.terminal()) {
            var completions = new Completions(app.site(), app.journal());
            try (var lines = TypedLines.open(completions::after)) {
                return console(wish, app, lines);
            }
        }
        return console(wish, app, new PipedLines(outside.in(), outside.out(), outside.width()));
    }

    private int console(Wish.Console wish, App app, Lines lines) {
        new Terminal(
                        ground(app),
                        lines,
                        Style.of(outside.terminal(), outside.environment()),
                        outside.language(),
                        wish.person(),
                        hints(wish.folders()))
                .run(outside.stop()::isAsked, Thread::sleep);
        return DONE;
    }

    private Ground ground(App app) {
        return new Ground(
                app.site(),
                app.journal(),
                app::take,
                app.resumer()::halted,
                outside.clock(),
                outside.zone());
    }

    private static Hints hints(Wish.Folders folders) {
        return (words, person) ->
                "bot/backout run \"" + words + "\" --as " + person + folders.given();
    }
}
