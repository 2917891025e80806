package backout.chat.console;

import backout.chat.Block;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.frontdesk.Bot;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.report.Ending;
import backout.report.Progress;
import backout.run.Next;
import backout.run.Outcome;
import backout.run.Pause;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Tells one person how their run goes on, from the journal alone, whichever process drives it; asks
 * what the run asks where somebody sits there, and says what to type where nobody does.
 */
public final class Follower {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int COULD_NOT_TELL = Outcome.Result.UNKNOWN.exitCode();

    /** What the next line that is typed answers. */
    private enum Expecting {
        NOTHING,
        CONFIRMATION,
        ANSWER
    }

    private final Bot bot;
    private final Screen screen;
    private final ZoneId zone;
    private final Terminal.Hints hints;
    private final RunId id;
    private final String person;
    private final Set<String> asked = new HashSet<>();
    private boolean yes;
    private int told;
    private Expecting expecting = Expecting.NOTHING;

    /**
     * @param zone of the times that people read
     * @param yes confirms the first plan by itself; one that changed is asked for again
     */
    public Follower(
            Bot bot,
            Screen screen,
            ZoneId zone,
            Terminal.Hints hints,
            RunId id,
            String person,
            boolean yes) {
        this.bot = bot;
        this.screen = screen;
        this.zone = zone;
        this.hints = hints;
        this.id = id;
        this.person = person;
        this.yes = yes;
    }

    /**
     * Follows until the run is over, cannot go on here, or {@code stop} says so; once.
     *
     * @return the exit code: the outcome's; after a stop 0 where the run was proven, else 4
     */
    public int follow(BooleanSupplier stop, Pause pause) {
        var word = new LiveWord(bot, screen, id);
        try {
            while (true) {
                Run run = read();
                tell(run);
                if (run.outcome().isPresent()) {
                    return end(run, run.outcome().get());
                }
                var halted = bot.halted(id);
                if (halted.isPresent()) {
                    screen.say("", Phrase.of("Run {0} does not go on: {1}", id, halted.get()));
                    return COULD_NOT_TELL;
                }
                if (stop.getAsBoolean()) {
                    return leave(run);
                }
                word.tell();
                need(run);
                hear(run);
                pause.pause(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return leave(read());
        } catch (ProblemException e) {
            screen.refuse(e.problems());
            return COULD_NOT_TELL;
        }
    }

    private Run read() {
        return Run.of(bot.journal().read(id));
    }

    /** Each event with the run as it was then: a plan that changed later numbers its own steps. */
    private void tell(Run run) {
        List<RunEvent> events = run.events();
        while (told < events.size()) {
            RunEvent event = events.get(told);
            told++;
            Run then = Run.of(events.subList(0, told));
            if (!(event instanceof RunEvent.Finished)) {
                Progress.line(then, event)
                        .ifPresent(line -> screen.say(time(event.at()) + "  ", line));
            }
            if (event instanceof RunEvent.Planned) {
                screen.show(Card.of(then, bot.site(), now(), bot.journal()));
            }
            if (event instanceof RunEvent.Proven proven
                    && proven.soakUntil().isAfter(proven.at())
                    && screen.hasPerson()) {
                soaking(proven);
            }
        }
    }

    private void soaking(RunEvent.Proven proven) {
        String until = time(proven.soakUntil());
        Phrase says = Phrase.of("It is watched until {0}. Ctrl-C stops following.", until);
        screen.say(LiveWord.NO_TIME, says);
    }

    private int end(Run run, Outcome outcome) {
        screen.show(Card.of(run, bot.site(), now(), bot.journal()));
        screen.say("", outcome.says());
        if (!outcome.next().isEmpty()) {
            screen.say(Phrase.of("Next: "), outcome.next());
        }
        if (!outcome.byHand().isEmpty()) {
            screen.show(new Message(outcome.says(), Ending.byHand(outcome.byHand())));
        }
        return outcome.result().exitCode();
    }

    private void need(Run run) {
        switch (run.next(now())) {
            case Next.Wait(Instant until, Phrase _) when !run.isConfirmed() ->
                    confirmation(run, until);
            case Next.Wait(Instant until, Phrase _) when run.question().isPresent() ->
                    answer(run, until);
            case Next.Wait(Instant until, Phrase what) -> votes(run, until, what);
            default -> expecting = Expecting.NOTHING;
        }
    }

    private void confirmation(Run run, Instant until) {
        if (yes) {
            yes = false;
            take(confirmation(run).beforehand());
            return;
        }
        boolean mine = screen.hasPerson() && run.requester().equals(person);
        expecting = mine ? Expecting.CONFIRMATION : Expecting.NOTHING;
        if (!asked.add("confirm " + run.plan().hash())) {
            return;
        }
        if (mine) {
            screen.ask(confirmation(run).question());
        } else {
            List<String> who = new Rights(bot.site(), run).who("confirm");
            waitsFor(
                    Phrase.of("Waits until {0} for {1} to confirm. To be typed:", time(until), who),
                    who,
                    confirmation(run).whole());
        }
    }

    private Confirmation confirmation(Run run) {
        return new Confirmation(bot.site(), run);
    }

    private void votes(Run run, Instant until, Phrase what) {
        expecting = Expecting.NOTHING;
        if (!asked.add("votes " + run.plan().hash())) {
            return;
        }
        List<String> voters = new Rights(bot.site(), run).voters();
        waitsFor(
                Phrase.of(
                        "Waits until {0} for {1} of: {2}. To be typed:", time(until), what, voters),
                voters,
                confirmation(run).planned("approve"));
    }

    private void answer(Run run, Instant until) {
        expecting = screen.hasPerson() ? Expecting.ANSWER : Expecting.NOTHING;
        if (!asked.add("question")) {
            return;
        }
        screen.show(Card.of(run, bot.site(), now(), bot.journal()));
        if (screen.hasPerson()) {
            screen.ask(Phrase.of("undo or keep?"));
        } else {
            waitsFor(
                    Phrase.of(
                            "Waits until {0} for an answer: undo or keep. To be typed:",
                            time(until)),
                    List.of(person),
                    "undo " + id,
                    "keep " + id);
        }
    }

    private void waitsFor(Phrase title, List<String> people, String... words) {
        List<String> typed =
                Stream.of(words)
                        .flatMap(word -> people.stream().map(one -> hints.typed(word, one)))
                        .toList();
        screen.show(new Message(title, List.of(Block.Code.of(title, typed))));
    }

    private void hear(Run run) {
        var line = screen.heard();
        if (line.isEmpty()) {
            return;
        }
        String said = line.get().strip().toLowerCase(java.util.Locale.ROOT);
        switch (expecting) {
            case NOTHING -> screen.say("", Phrase.of("Nothing is asked now."));
            case CONFIRMATION -> take(confirmation(run).answered(line.get().strip()));
            case ANSWER -> {
                if (said.equals("undo") || said.equals("keep")) {
                    take(said + " " + id);
                } else {
                    screen.ask(Phrase.of("undo or keep?"));
                }
            }
        }
    }

    /** What comes of it is told by the journal; only a refusal is said here. */
    private void take(String words) {
        try {
            Reply reply = bot.take(ChatRequest.Typed.once(Terminal.FACE, person, words));
            if (reply instanceof Reply.Ask(var _, Problem otherwise)) {
                screen.refuse(List.of(otherwise));
            }
        } catch (ProblemException e) {
            screen.refuse(e.problems());
        }
    }

    private int leave(Run run) {
        screen.endLine();
        Phrase stands =
                switch (run.next(now())) {
                    case Next.Wait(Instant until, Phrase what) ->
                            Phrase.of("it waits for {0} until {1}", what, time(until));
                    case Next.Soak(Instant until) ->
                            Phrase.of("it is proven and watched until {0}", time(until));
                    default -> Phrase.of("it is at work and must be finished");
                };
        screen.say(
                "",
                Phrase.of(
                        "Stopped following run {0}; {1}. It goes on with bot/backout serve, or"
                                + " while the next bot/backout run is at work. See: {2}",
                        id, stands, hints.typed("status", person)));
        boolean fine = run.proven().isPresent() && run.question().isEmpty() && !run.isUndoing();
        return fine ? 0 : COULD_NOT_TELL;
    }

    private String time(Instant at) {
        return TIME.format(LocalTime.ofInstant(at, zone));
    }

    private Instant now() {
        return bot.clock().instant();
    }
}
