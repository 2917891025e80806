package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.LogTail;
import backout.run.Offer;
import backout.run.Proposal;
import backout.run.ProposalEvent;

import java.util.ArrayList;
import java.util.List;

/** What is told of a rollback that the bot proposes. */
final class Proposed {
    private Proposed() {}

    static Phrase noticed(TargetName target, Proposal seen) {
        return Phrase.of(
                "{0} is unwell since {1}, release {2}: {3}",
                target, seen.since(), seen.name(), Say.check(seen.what()));
    }

    static Phrase line(ProposalEvent event) {
        return switch (event) {
            case ProposalEvent.TakenUp e ->
                    e.by().equals(Proposal.NOBODY)
                            ? Phrase.of("nobody said no: the rollback begins by itself")
                            : Phrase.of("{0} took it up", e.by());
            case ProposalEvent.Held e ->
                    switch (e.why()) {
                        case FIX ->
                                Phrase.of("{0} tries a fix, it waits until {1}", e.by(), e.until());
                        case FIXED ->
                                Phrase.of(
                                        "{0} says that it is fixed, it is watched until {1}",
                                        e.by(), e.until());
                        case SNOOZE -> Phrase.of("{0} snoozed it until {1}", e.by(), e.until());
                    };
            case ProposalEvent.Obsolete e -> e.why();
            case ProposalEvent.LeftToPeople e ->
                    Phrase.of("it does not begin by itself: {0}", e.why());
        };
    }

    /** What is wrong since when, and what speaks against the release being to blame. */
    static List<Block> blocks(Offer offer, String asker) {
        Proposal seen = offer.proposal();
        var lines = new ArrayList<Line>();
        lines.add(seen.isAsked() ? asked(seen, asker) : unwell(seen));
        if (!seen.doubt().isEmpty()) {
            lines.add(
                    new Line(
                            Mark.WARNING,
                            Phrase.of("Probably not the release: {0}", seen.doubt()),
                            Phrase.NONE));
        }
        offer.left()
                .map(why ->
                        new Line(
                                Mark.WARNING,
                                Phrase.of("It does not begin by itself: {0}", why),
                                Phrase.NONE))
                .ifPresent(lines::add);
        var blocks = new ArrayList<Block>(List.of(new Block.Lines(Phrase.NONE, lines)));
        if (lines.size() == 1) {
            LogTail.telling(seen.log()).ifPresent(line -> blocks.add(log(List.of(line))));
        }
        return blocks;
    }

    private static Line unwell(Proposal seen) {
        return new Line(
                Mark.FAILED,
                Phrase.of("Unwell since {0}: {1}", seen.since(), Say.check(seen.what())),
                Phrase.of("{0} runs since {1}", seen.name(), seen.changed()));
    }

    private static Line asked(Proposal seen, String asker) {
        return new Line(
                Mark.WARNING, Phrase.of("{0} asks for it: {1}", asker, seen.what()), Phrase.NONE);
    }

    /** All lines that the service wrote; a card is read on a phone and shows one. */
    static List<Block> log(Proposal seen) {
        return seen.log().isEmpty() ? List.of() : List.of(log(seen.log()));
    }

    private static Block log(List<Phrase> lines) {
        return new Block.Code(Phrase.of("Last log lines"), lines);
    }
}
