package backout.chat.console.web;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;
import backout.language.Language;
import backout.language.Phrase;
import backout.run.Journal;
import backout.run.RunId;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The bot as the web console needs it.
 *
 * @param site as it is now: who is no longer in it has no session any more
 * @param take hands a request to the front desk; a run that it begins or changes is driven on
 * @param halted why this process does not go on with a run
 * @param language of who does not say which they read, with the zone of who does not tell theirs
 */
public record Bot(
        Supplier<Site> site,
        Journal journal,
        Function<ChatRequest, Reply> take,
        Function<RunId, Optional<Phrase>> halted,
        InstantSource clock,
        Language language) {}
