package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.run.Evidence.Finding;
import backout.run.Played;

import java.util.List;
import java.util.Optional;

/** What came of the suites of a target, as a table. */
public final class SuitesNow {
    /** What the command does, whatever the site calls it. */
    private static final String SUITE = "suite";

    private SuitesNow() {}

    /**
     * @param by who had them sent
     */
    public static Message of(Target target, List<Played> all, String by) {
        Finding worst = Finding.worst(all.stream().map(Played::finding).toList());
        Phrase heading = Phrase.of("The suites of {0} are {1}", target.shown(), worst.says());
        return new Message(
                heading,
                List.of(
                        new Block.Heading(heading),
                        new Block.Table(
                                Phrase.of("The suites, played once just now"),
                                List.of(
                                        Phrase.of("suite"),
                                        Phrase.of("seen"),
                                        Phrase.of("verdict"),
                                        Phrase.of("took")),
                                all.stream().map(SuitesNow::cells).toList()),
                        new Block.Text(
                                Phrase.of(
                                        "{0} had them played. No rollback waits for them, and none"
                                                + " is proven by them.",
                                        by))));
    }

    /** The same in a line, for the journal. */
    public static Phrase line(List<Played> all) {
        return Phrase.joined(
                "; ",
                all.stream()
                        .map(one ->
                                Phrase.of(
                                        "{0} {1}: {2}",
                                        one.list(), one.finding().says(), one.seen()))
                        .toList());
    }

    private static List<Block.Cell> cells(Played one) {
        return List.of(
                Block.Cell.of(Phrase.verbatim(one.list())),
                Block.Cell.of(one.seen()),
                new Block.Cell(one.finding().says(), mark(one.finding())),
                Block.Cell.of(Phrase.of("{0}", one.took())));
    }

    private static Block.Mark mark(Finding finding) {
        return switch (finding) {
            case WELL -> Block.Mark.DONE;
            case UNWELL -> Block.Mark.FAILED;
            case UNKNOWN -> Block.Mark.UNKNOWN;
        };
    }

    /** How the suites of a target are had; empty where it has none, or the site no such command. */
    public static Optional<String> words(Site site, Target target) {
        return Card.command(site, SUITE)
                .filter(_ -> target.hasSuite())
                .map(command -> command.name() + " " + target.name());
    }
}
