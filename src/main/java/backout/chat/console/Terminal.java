package backout.chat.console;

import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.frontdesk.Answerer;
import backout.frontdesk.Bot;
import backout.frontdesk.Conversation;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Pause;
import backout.run.RunId;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The console: what is typed goes to the front desk line by line, runs are followed meanwhile. */
public final class Terminal {
    /** As in the ids of what is delivered here. */
    public static final String FACE = "terminal";

    private final Bot bot;
    private final Conversation conversation;
    private final ZoneId zone;
    private final Lines lines;
    private final Screen screen;
    private final String person;
    private final Hints hints;
    private final Map<RunId, Thread> followed = new HashMap<>();

    /**
     * @param hints for people elsewhere; who sits here types the words alone
     */
    public Terminal(
            Bot bot, Lines lines, Style style, Language language, String person, Hints hints) {
        this.bot = bot;
        this.conversation = new Conversation(bot::take, Runnable::run);
        this.zone = language.zone();
        this.lines = lines;
        this.screen = new LineScreen(lines, style, language);
        this.person = person;
        this.hints = hints;
    }

    /**
     * Until the input ends, or somebody says {@code exit}.
     *
     * @return whether somebody left, or it was told to stop; else there is nothing more to read
     */
    public boolean run(BooleanSupplier stop, Pause pause) {
        screen.say("", Phrase.of("Type a command, help for all of them, exit to end."));
        while (!stop.getAsBoolean()) {
            Optional<String> line = lines.next("backout> ");
            if (line.isEmpty() || isEnd(line.get())) {
                return line.isPresent();
            }
            if (!line.get().isBlank()) {
                take(line.get(), stop, pause);
            }
        }
        return true;
    }

    /** A terminal delivers each line once, so each is a delivery of its own. */
    public static ChatRequest.Typed typed(String person, String words) {
        return new ChatRequest.Typed("terminal-" + UUID.randomUUID(), person, words);
    }

    private static boolean isEnd(String line) {
        return line.strip().equals("exit") || line.strip().equals("quit");
    }

    private void take(String words, BooleanSupplier stop, Pause pause) {
        conversation.take(
                person,
                () -> ChatRequest.Typed.once(FACE, person, words),
                new OnScreen(stop, pause));
    }

    private final class OnScreen implements Answerer {
        private final BooleanSupplier stop;
        private final Pause pause;

        OnScreen(BooleanSupplier stop, Pause pause) {
            this.stop = stop;
            this.pause = pause;
        }

        @Override
        public void tell(Message message) {
            screen.show(message);
        }

        @Override
        public void refuse(List<Problem> problems) {
            screen.refuse(problems);
        }

        @Override
        public void promise(Phrase said) {
            screen.say("", said);
        }

        @Override
        public void lead(RunId run, Phrase said) {
            screen.say("", said);
            follow(run, stop, pause);
        }
    }

    private void follow(RunId id, BooleanSupplier stop, Pause pause) {
        followed.computeIfAbsent(
                id,
                _ -> {
                    var follower = new Follower(bot, screen, zone, this::hint, id, person, false);
                    return Thread.ofVirtual()
                            .name("follow " + id)
                            .start(() -> follower.follow(stop, pause));
                });
    }

    /** Nothing is followed any more when it returns; where each run stands is told. */
    public void leave() {
        followed.values().forEach(Thread::interrupt);
        for (Thread follower : followed.values()) {
            try {
                follower.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String hint(String words, String who) {
        return who.equals(person) ? words : hints.typed(words, who);
    }

    /** What a person must type for some words to reach the bot, to be copied as it stands. */
    @FunctionalInterface
    public interface Hints {
        /**
         * @param words {@code approve 7F3KQ}
         * @param person who types them
         */
        String typed(String words, String person);
    }
}
