package backout.report;

import backout.approval.Contact;
import backout.approval.Decision;
import backout.approval.Escalation;
import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.run.CallEvent;
import backout.run.Calls;
import backout.run.Offer;
import backout.run.ProposalEvent;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the people are called who could decide: in the thread, on the card, and each alone. */
final class Calling {
    private Calling() {}

    /** One line of the thread. */
    static Phrase line(CallEvent event) {
        return switch (event) {
            case CallEvent.Paged e when e.people().isEmpty() ->
                    Phrase.of("L{0}: nobody is on call who could decide", e.level());
            case CallEvent.Paged e -> Phrase.of("L{0} is called: {1}", e.level(), e.people());
            case CallEvent.Nudged e -> Phrase.of("{0} called L{1} again", e.by(), e.level());
            case CallEvent.Claimed e ->
                    Phrase.of("{0} is on it; nobody else is called until then", e.by());
            case CallEvent.GivenBack e when e.via().isEmpty() ->
                    Phrase.of("the time of {0} is over, the clock goes on", e.by());
            case CallEvent.GivenBack e ->
                    Phrase.of("{0} is no longer on it, the clock goes on", e.by());
        };
    }

    /** Whom this event calls, as far as their vote is still wanted: of all others nobody is. */
    static List<String> called(Run run, RunEvent event, Site site, Instant now) {
        List<String> people =
                switch (event) {
                    case CallEvent.Paged e -> e.people();
                    case CallEvent.Nudged e -> e.people();
                    case RunEvent.Confirmed e -> before(run, e);
                    case RunEvent.Planned e -> before(run, e);
                    case ProposalEvent.LeftToPeople e -> before(run, e);
                    default -> List.of();
                };
        return isOpen(run, now)
                ? people.stream()
                        .filter(name -> mayVote(run, site, name) && !hasVoted(run, name))
                        .toList()
                : List.of();
    }

    /** Who was called for a plan that is no more, or for a proposal, looks at it again. */
    private static List<String> before(Run run, RunEvent confirmed) {
        return run.events().stream()
                .takeWhile(event -> !event.equals(confirmed))
                .filter(CallEvent.Paged.class::isInstance)
                .map(CallEvent.Paged.class::cast)
                .flatMap(page -> page.people().stream())
                .distinct()
                .toList();
    }

    private static boolean mayVote(Run run, Site site, String name) {
        Person person = site.people().get(name);
        if (person != null && Offer.of(run).isPresent()) {
            return new Rights(site, run).mayTakeUp(person);
        }
        return run.planned().isPresent() && new Rights(site, run).voters().contains(name);
    }

    /** For the plan as it is now. */
    static boolean hasVoted(Run run, String name) {
        return run.votes().stream().anyMatch(vote -> vote.by().equals(name));
    }

    private static boolean isOpen(Run run, Instant now) {
        if (Calls.of(run).isEmpty() || run.planned().isEmpty() || run.cancelled().isPresent()) {
            return false;
        }
        return Offer.of(run).isPresent()
                || run.planned()
                                .get()
                                .policy()
                                .decide(
                                        run.votes(),
                                        run.requester(),
                                        run.plan().hash(),
                                        run.confirmedAt().orElse(now),
                                        now)
                        instanceof Decision.Pending;
    }

    /** Whether these events call a level after the first, which everybody hears of. */
    static boolean escalates(Run run, int told) {
        var levels = new ArrayList<Integer>();
        boolean escalates = false;
        for (int seq = 1; seq <= run.version(); seq++) {
            if (run.events().get(seq - 1) instanceof CallEvent.Paged page) {
                boolean later = !levels.isEmpty() && !levels.contains(page.level());
                escalates |= seq > told && later;
                levels.add(page.level());
            }
        }
        return escalates;
    }

    /** What is wanted of whoever is called. */
    static Phrase asks(Run run) {
        return Offer.of(run)
                .map(offer ->
                        offer.begins().isPresent()
                                ? Phrase.of("it is rolled back by itself unless somebody says no")
                                : Phrase.of("roll it back?"))
                .orElseGet(() ->
                        Phrase.of("please approve or deny what {0} asks for", run.requester()));
    }

    /** Who is called, who is on it, and who follows when. */
    static Optional<Block> block(Run run, Instant now) {
        return Calls.of(run)
                .filter(_ -> isOpen(run, now))
                .flatMap(escalation -> block(escalation, now));
    }

    private static Optional<Block> block(Escalation escalation, Instant now) {
        var claim = escalation.claim();
        if (claim.isPresent()) {
            return Optional.of(
                    clock(Phrase.of("{0} is on it", claim.get().by()), claim.get().until(), now));
        }
        Optional<Phrase> called =
                escalation
                        .present()
                        .map(page -> Phrase.of("L{0} is called: {1}", page.level(), page.people()));
        var next = escalation.upcoming();
        if (next.isEmpty()) {
            return called.map(Block.Text::new);
        }
        boolean again =
                escalation.pages().stream().anyMatch(page -> page.level() == next.get().level());
        Phrase follows =
                again
                        ? Phrase.of("L{0} is called again", next.get().level())
                        : Phrase.of("L{0} follows", next.get().level());
        return Optional.of(
                clock(
                        called.map(level -> Phrase.of("{0}. {1}", level, follows)).orElse(follows),
                        next.get().at(),
                        now));
    }

    private static Block clock(Phrase says, Instant until, Instant now) {
        return new Block.Clock(says, until, Say.left(now, until));
    }

    /**
     * What one person alone is told who is called.
     *
     * @param level that is called
     * @param call numbers the calls of a run: a chat takes the same text within minutes for the
     *     same message
     */
    static Message alone(Run run, int level, int call, String person, Site site, Instant now) {
        Phrase says =
                Phrase.of("{0}: you are called as L{1}, {2}", Say.about(run), level, asks(run));
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(says));
        blocks.add(new Brief(run, Optional.empty()).fields());
        List<Phrase> numbers = numbers(run, person, site);
        if (!numbers.isEmpty()) {
            blocks.add(
                    new Block.Lines(
                            Phrase.of("Whom you can call"),
                            numbers.stream()
                                    .map(one -> new Block.Line(Block.Mark.NONE, one, Phrase.NONE))
                                    .toList()));
        }
        var buttons = new Presses(run, site, now).legal();
        if (!buttons.isEmpty()) {
            blocks.add(new Block.Buttons(buttons));
        }
        blocks.add(
                new Block.Small(
                        Phrase.of(
                                "run {0} · plan {1} · call {2}",
                                run.id(), run.plan().hash(), call)));
        return new Message(says, blocks);
    }

    /** Whoever asked for it, and whoever was called so far. */
    private static List<Phrase> numbers(Run run, String reader, Site site) {
        Stream<String> called =
                Calls.of(run).stream()
                        .flatMap(escalation -> escalation.pages().stream())
                        .flatMap(page -> page.people().stream());
        return Stream.concat(Stream.of(run.requester()), called)
                .distinct()
                .filter(name -> !name.equals(reader))
                .map(site.people()::get)
                .flatMap(Stream::ofNullable)
                .filter(person -> !reach(person.contact()).isEmpty())
                .map(Calling::number)
                .toList();
    }

    private static Phrase number(Person person) {
        Contact contact = person.contact();
        return contact.role().isEmpty()
                ? Phrase.of("{0}: {1}", person.name(), reach(contact))
                : Phrase.of("{0}, {1}: {2}", person.name(), contact.role(), reach(contact));
    }

    private static String reach(Contact contact) {
        return contact.phone().isEmpty() ? contact.mail() : contact.phone();
    }
}
