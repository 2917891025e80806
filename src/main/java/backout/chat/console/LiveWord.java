package backout.chat.console;

import backout.frontdesk.Bot;
import backout.run.LiveProgress;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Prints what the step at work says of itself where this process does it: it is in no journal. A
 * pull says something else each moment, so what comes in between is left out.
 */
final class LiveWord {
    /** As wide as a time and what parts it from the text. */
    static final String NO_TIME = " ".repeat(10);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Bot bot;
    private final Screen screen;
    private final RunId id;
    private Optional<LiveProgress.Word> last = Optional.empty();
    private Instant next = Instant.MIN;

    LiveWord(Bot bot, Screen screen, RunId id) {
        this.bot = bot;
        this.screen = screen;
        this.id = id;
    }

    /** Prints a word that is new, if it is time for one. */
    void tell() {
        Instant now = bot.clock().instant();
        Optional<LiveProgress.Word> word =
                bot.word(id).filter(one -> !last.equals(Optional.of(one)));
        if (word.isPresent() && !now.isBefore(next)) {
            last = word;
            next = now.plus(EVERY);
            screen.say(NO_TIME, word.get().says());
        }
    }
}
