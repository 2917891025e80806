package backout.report;

import backout.approval.Person;
import backout.chat.Message;
import backout.command.Site;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;

/** What one person alone is told of a run: that they are called, or how it ended. */
final class Personal {
    private Personal() {}

    /**
     * Empty where there is nothing to tell any more.
     *
     * @param seq the event that is told, the first is 1
     */
    static Optional<Notice> of(Run run, int seq, Person person, Site site, Instant now) {
        RunEvent event = run.events().get(seq - 1);
        if (event instanceof RunEvent.Finished(var _, var outcome)) {
            Message ended = News.outcome(run, outcome, now);
            return Optional.of(notice(run, seq, person, Happening.OUTCOME, ended));
        }
        if (event instanceof GlassBroken glass) {
            return Unvoted.alone(run, glass, person)
                    .map(said -> notice(run, seq, person, Happening.PAGE, said));
        }
        OptionalInt level = level(event);
        if (level.isEmpty() || !Calling.called(run, event, site, now).contains(person.name())) {
            return Optional.empty();
        }
        Message call = Calling.alone(run, level.getAsInt(), seq, person.name(), site, now);
        return Optional.of(notice(run, seq, person, Happening.PAGE, call));
    }

    private static OptionalInt level(RunEvent event) {
        return switch (event) {
            case CallEvent.Paged page -> OptionalInt.of(page.level());
            case CallEvent.Nudged nudge -> OptionalInt.of(nudge.level());
            default -> OptionalInt.empty();
        };
    }

    private static Notice notice(Run run, int seq, Person person, Happening what, Message message) {
        var facts = new LinkedHashMap<>(new Announcement(run).facts());
        facts.put("person", person.name());
        facts.put("phone", person.contact().phone());
        return new Notice(
                run.id() + "-" + seq + "-" + person.name(),
                what,
                run.events().get(seq - 1).at(),
                run.request().targets(),
                run.id().text(),
                facts,
                message);
    }
}
