package backout.chat.console;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.run.Journal;
import backout.run.RunId;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the terminal stands on.
 *
 * @param take hands words to the front desk; a run that they begin or change is driven on
 * @param halted why this process does not go on with a run
 * @param zone of the times that people read
 */
public record Ground(
        Site site,
        Journal journal,
        Function<ChatRequest.Typed, Reply> take,
        Function<RunId, Optional<Phrase>> halted,
        InstantSource clock,
        ZoneId zone) {

    /** A terminal delivers each line once, so each is a delivery of its own. */
    public ChatRequest.Typed typed(String person, String words) {
        return new ChatRequest.Typed("terminal-" + UUID.randomUUID(), person, words);
    }
}
