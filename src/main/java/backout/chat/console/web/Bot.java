package backout.chat.console.web;

import backout.chat.ChatRequest;
import backout.command.Site;
import backout.frontdesk.Reply;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.Run;
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
        Language language) {
    /** The open run that has a target: no other is begun there. */
    Optional<Run> holder(TargetName target) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.request().target().equals(target))
                .findFirst();
    }
}
