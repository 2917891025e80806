package backout.report;

import backout.chat.Block;
import backout.language.Phrase;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Outage;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the checks saw, beside what they saw before. After an undo that is what they saw of the
 * release that failed, beside what they see of the one that runs again: the first says why.
 */
final class Proof {
    private final Run run;
    private final List<Block> blocks = new ArrayList<>();

    private Proof(Run run) {
        this.run = run;
    }

    /** Nothing where nothing was checked after the switch yet. */
    static List<Block> of(Run run) {
        var proof = new Proof(run);
        Optional<RunEvent.Checked> undone = run.checked(Moment.AFTER_UNDO);
        if (undone.isPresent()) {
            proof.undone(undone.get());
        } else {
            run.checked(Moment.SOAK)
                    .or(() -> run.checked(Moment.AFTER_SWITCH))
                    .ifPresent(proof::switched);
        }
        return List.copyOf(proof.blocks);
    }

    private void switched(RunEvent.Checked now) {
        Evidence evidence = now.evidence();
        table(
                List.of(
                        Phrase.of("check"),
                        Phrase.of("before"),
                        Phrase.of("now"),
                        Phrase.of("verdict")),
                evidence.rows().stream().map(row -> cells(row, verdict(row))).toList());
        outside(evidence);
        downtime(run.checked(Moment.AFTER_SWITCH).flatMap(RunEvent.Checked::borne));
        if (!evidence.isWell()) {
            log(Phrase.of("Last log lines"), evidence);
        }
    }

    private void undone(RunEvent.Checked after) {
        Evidence now = after.evidence();
        Block.Mark mark = now.isWell() ? Block.Mark.DONE : Block.Mark.WARNING;
        blocks.add(
                new Block.Lines(
                        Phrase.NONE,
                        List.of(new Block.Line(mark, Progress.afterUndo(run, now), Phrase.NONE))));
        Evidence failed = run.failed().map(RunEvent.Checked::evidence).orElse(now);
        String release = run.plan().to().name();
        table(
                List.of(
                        Phrase.of("check"),
                        Phrase.of("before"),
                        Phrase.of("with {0}", release),
                        Phrase.of("verdict"),
                        Phrase.of("now")),
                failed.rows().stream()
                        .map(row -> cells(row, verdict(row), Block.Cell.of(again(row, now))))
                        .toList());
        outside(failed);
        downtime(
                after.borne()
                        .or(() ->
                                run.checked(Moment.AFTER_SWITCH)
                                        .flatMap(RunEvent.Checked::borne)
                                        .map(part ->
                                                Phrase.of(
                                                        "{0}; nobody watched what came after that",
                                                        part))));
        log(Phrase.of("Last log lines of {0}", release), failed);
        if (!now.isWell()) {
            log(Phrase.of("Last log lines of {0}", run.plan().from().name()), now);
        }
    }

    private List<Block.Cell> cells(Evidence.Row row, Block.Cell... more) {
        var seen = Stream.of(check(row), before(row), seen(row)).map(Block.Cell::of);
        return Stream.concat(seen, Stream.of(more)).toList();
    }

    private void table(List<Phrase> columns, List<List<Block.Cell>> rows) {
        blocks.add(new Block.Table(Phrase.of("Verification"), columns, rows));
    }

    private void outside(Evidence evidence) {
        if (!evidence.outside().isEmpty()) {
            blocks.add(
                    new Block.Text(
                            Phrase.of(
                                    "What it depends on was not there: {0}.",
                                    Phrase.joined("; ", evidence.outside()))));
        }
    }

    private void downtime(Optional<Phrase> borne) {
        Phrase says = borne.orElseGet(Outage::unknown);
        blocks.add(new Block.Text(Phrase.of("Seen from outside: {0}.", says)));
    }

    private void log(Phrase title, Evidence evidence) {
        if (!evidence.log().isEmpty()) {
            blocks.add(new Block.Code(title, evidence.log()));
        }
    }

    private static Phrase check(Evidence.Row row) {
        return Say.check(row.target(), row.check());
    }

    private static Phrase seen(Evidence.Row row) {
        return Say.digests(row.seen());
    }

    private Phrase before(Evidence.Row row) {
        return run.checked(Moment.BASELINE).stream()
                .flatMap(read -> read.evidence().rows().stream())
                .filter(old -> old.target().equals(row.target()))
                .filter(old -> old.check().equals(row.check()))
                .findFirst()
                .map(Proof::seen)
                .orElse(Phrase.NONE);
    }

    /** The release that runs again is asked the same, and is to answer something else. */
    private static Phrase again(Evidence.Row row, Evidence now) {
        List<Evidence.Row> own =
                now.rows().stream().filter(other -> other.target().equals(row.target())).toList();
        return own.stream()
                .filter(other -> other.check().equals(row.check()))
                .findFirst()
                .or(() ->
                        own.stream().filter(other -> other.about().equals(row.about())).findFirst())
                .map(found ->
                        found.finding() == Finding.WELL
                                ? seen(found)
                                : Phrase.of("{0} ({1})", seen(found), word(found)))
                .orElse(Phrase.NONE);
    }

    /** What decides nothing and was not seen is no fault: it stands for nothing. */
    static Block.Cell verdict(Evidence.Row row) {
        Block.Mark mark =
                switch (row.finding()) {
                    case WELL -> Block.Mark.DONE;
                    case UNWELL -> row.must() ? Block.Mark.FAILED : Block.Mark.WARNING;
                    case UNKNOWN -> row.must() ? Block.Mark.UNKNOWN : Block.Mark.NONE;
                };
        return new Block.Cell(word(row), mark);
    }

    private static Phrase word(Evidence.Row row) {
        Phrase verdict = row.finding().says();
        return row.finding() == Finding.WELL || row.must()
                ? verdict
                : Phrase.of("{0} (noted)", verdict);
    }
}
