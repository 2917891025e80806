package backout.report;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.run.GlassBroken;
import backout.run.Journal;
import backout.run.Run;

import java.util.List;
import java.util.Optional;

/** What is said of a run that somebody had begin without the votes that it needed. */
final class Unvoted {
    private Unvoted() {}

    /** One line of the thread. */
    static Phrase line(GlassBroken event) {
        return Phrase.of(
                "BREAK-GLASS: {0} has it run without the missing votes: {1}",
                event.by(), event.reason());
    }

    /**
     * Stays on the card for ever.
     *
     * @param known what is remembered of it; empty where nobody looked
     */
    static Optional<Block> badge(Run run, Optional<Glass> known) {
        return GlassBroken.of(run)
                .map(event ->
                        new Block.Lines(
                                Phrase.NONE,
                                List.of(
                                        new Line(
                                                Mark.WARNING,
                                                line(event),
                                                known.map(Unvoted::review).orElse(Phrase.NONE)))));
    }

    /** What is remembered of it beside the run. */
    static Optional<Glass> known(Run run, Journal journal) {
        return GlassBroken.of(run)
                .flatMap(event ->
                        Glass.in(journal.read(Freeze.SITE)).stream()
                                .filter(glass -> glass.run().equals(run.id().text()))
                                .filter(glass -> glass.by().equals(event.by()))
                                .findFirst());
    }

    /** How far its review is. */
    static Phrase review(Glass glass) {
        return glass.review() == null
                ? glass.toClose()
                : Phrase.of("reviewed by {0}: {1}", glass.review().by(), glass.review().why());
    }

    /** For people who did not follow it. */
    static Optional<Block.Field> field(Run run) {
        return GlassBroken.of(run)
                .map(event ->
                        new Block.Field(
                                Phrase.of("break-glass"),
                                Phrase.of(
                                        "{0}, without the missing votes: {1}",
                                        event.by(), event.reason())));
    }

    /** What each of those is told alone whose vote was not waited for. */
    static Optional<Message> alone(Run run, GlassBroken event, Person person) {
        if (!event.skipped().contains(person.name())) {
            return Optional.empty();
        }
        Phrase says =
                Phrase.of(
                        "{0}: {1} did not wait for your vote on run {2} (break-glass): {3}",
                        Say.about(run), event.by(), run.id(), event.reason());
        Phrase next =
                person.level() >= event.level()
                        ? Phrase.of(
                                "Look at what was done; then close it with: review {0} because"
                                        + " REASON",
                                run.id())
                        : Phrase.of("Somebody from L{0} on is to review it", event.level());
        return Optional.of(new Message(says, List.of(new Block.Text(says), new Block.Text(next))));
    }
}
