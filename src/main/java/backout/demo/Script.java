package backout.demo;

import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.frontdesk.Bot;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.report.Progress;
import backout.run.Next;
import backout.run.Proposal;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Predicate;

/**
 * The story that is played: li asks for a rollback and confirms, may not approve it herself, anna
 * does, and everybody sees how it goes on. Each line is said to the bot as a chat would.
 */
final class Script {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Bot bot;
    private final Stage stage;
    private final Patience patience;
    private final InstantSource clock;
    private final ZoneId zone;
    private int told;
    private boolean isSpaced = true;

    Script(Bot bot, Stage stage, Patience patience, InstantSource clock, ZoneId zone) {
        this.bot = bot;
        this.stage = stage;
        this.patience = patience;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Plays it to its end.
     *
     * @return how the run ended
     * @throws ProblemException when it does not go as it should
     */
    Run play(TargetName name) {
        String words = name.kind() + " " + name.name();
        RunId id = says("li", words + " because 5xx after the release");
        follow(id, Phrase.of("the plan"), run -> run.planned().isPresent());
        stage.show(Card.of(read(id), bot.site(), clock.instant(), bot.journal()));
        isSpaced = true;
        says("li", "confirm " + id);
        follow(id, Phrase.of("everything is prepared"), this::waitsForVotes);
        isRefused("li", "approve " + id);
        says("anna", "approve " + id + " because I see it too");
        follow(id, Phrase.of("the outcome"), run -> run.outcome().isPresent());
        Run run = read(id);
        stage.show(ending(Card.of(run, bot.site(), clock.instant(), bot.journal())));
        return run;
    }

    /**
     * Nobody says anything: the bot notices it, proposes a rollback and begins it by itself.
     *
     * @param look one look of the watch
     * @return how the run ended
     * @throws ProblemException when it does not go as it should
     */
    Run alone(Runnable look) {
        patience.until(
                Phrase.of("the bot notices it"),
                WITHIN,
                () -> {
                    look.run();
                    return !bot.journal().open().isEmpty();
                });
        RunId id = bot.journal().open().getFirst();
        follow(id, Phrase.of("the plan"), run -> run.planned().isPresent());
        stage.show(Card.of(read(id), bot.site(), clock.instant(), bot.journal()));
        follow(
                id,
                Phrase.of("the outcome"),
                run -> {
                    look.run();
                    return run.outcome().isPresent();
                });
        Run run = read(id);
        stage.show(ending(Card.of(run, bot.site(), clock.instant(), bot.journal())));
        return run;
    }

    private RunId says(String person, String words) {
        return switch (take(person, words)) {
            case Reply.OfRun(RunId id, Phrase said) -> {
                stage.say("", said);
                yield id;
            }
            case Reply.Told _, Reply.OfTarget _, Reply.Later _, Reply.Ask _ ->
                    throw new IllegalStateException("no run came of: " + words);
        };
    }

    private void isRefused(String person, String words) {
        try {
            var _ = take(person, words);
        } catch (ProblemException e) {
            stage.refuse(e.problems());
            return;
        }
        throw Problem.stop(
                Phrase.of("the bot let {0} approve a rollback that {1} asked for", person, person),
                Phrase.of("Never trust it with yours: please report this"));
    }

    private Reply take(String person, String words) {
        Patience.Stopped.check(stage);
        if (!isSpaced) {
            stage.say("", Phrase.NONE);
        }
        isSpaced = false;
        stage.say(person + "> ", Phrase.verbatim("/rollback " + words));
        return bot.take(ChatRequest.Typed.once("demo", person, words));
    }

    /** Tells what happens until it is so far, or cannot come so far any more. */
    private void follow(RunId id, Phrase what, Predicate<Run> isSoFar) {
        patience.until(
                Phrase.of("{0} of run {1}", what, id),
                WITHIN,
                () -> {
                    Run run = read(id);
                    tell(run);
                    goesOn(id, run, what, isSoFar);
                    return isSoFar.test(run);
                });
    }

    private void goesOn(RunId id, Run run, Phrase what, Predicate<Run> isSoFar) {
        bot.halted(id)
                .ifPresent(why -> {
                    throw Problem.stop(
                            Phrase.of("run {0} does not go on: {1}", id, why), Phrase.NONE);
                });
        if (run.outcome().isPresent() && !isSoFar.test(run)) {
            throw Problem.stop(
                    Phrase.of(
                            "run {0} ended before {1}: {2}", id, what, run.outcome().get().says()),
                    run.outcome().get().next());
        }
    }

    private boolean waitsForVotes(Run run) {
        return run.isConfirmed() && run.next(clock.instant()) instanceof Next.Wait;
    }

    private Run read(RunId id) {
        return Run.of(bot.journal().read(id));
    }

    private void tell(Run run) {
        List<RunEvent> events = run.events();
        while (told < events.size()) {
            RunEvent event = events.get(told);
            told++;
            if (isNews(event)) {
                Progress.line(Run.of(events.subList(0, told)), event)
                        .ifPresent(line -> stage.say(time(event.at()) + "  ", line));
            }
        }
    }

    /** What was typed stands there already, the end gets a card; a step is told when it is done. */
    private static boolean isNews(RunEvent event) {
        return !((event instanceof RunEvent.Requested asked && Proposal.of(asked).isEmpty())
                || event instanceof RunEvent.StepBegan
                || event instanceof RunEvent.Finished);
    }

    private String time(Instant at) {
        return TIME.format(LocalTime.ofInstant(at, zone));
    }

    /** The plan was read before: what is new are the proof and the outcome. */
    private static Message ending(Message card) {
        var proof =
                card.details().stream()
                        .filter(block ->
                                block instanceof Block.Table
                                        || block instanceof Block.Text
                                        || block instanceof Block.Code)
                        .toList();
        return new Message(card.summary(), card.blocks(), proof);
    }
}
