package backout.report;

import backout.chat.Block;
import backout.language.Phrase;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the checks saw, beside what they saw before. */
final class Proof {
    private Proof() {}

    /** Nothing where nothing was checked after the switch yet. */
    static List<Block> of(Run run) {
        Optional<RunEvent.Checked> latest =
                run.checked(Moment.AFTER_UNDO)
                        .or(() -> run.checked(Moment.SOAK))
                        .or(() -> run.checked(Moment.AFTER_SWITCH));
        return latest.map(checked -> of(run, checked)).orElse(List.of());
    }

    private static List<Block> of(Run run, RunEvent.Checked checked) {
        var blocks = new ArrayList<Block>();
        var before = run.checked(Moment.BASELINE).map(RunEvent.Checked::evidence);
        var rows =
                checked.evidence().rows().stream()
                        .map(row ->
                                List.of(
                                        Phrase.verbatim(Say.check(row.check())),
                                        Say.digests(seenBefore(before, row)),
                                        Say.digests(row.seen()),
                                        word(row)))
                        .toList();
        blocks.add(
                new Block.Table(
                        Phrase.of("Verification"),
                        List.of(
                                Phrase.of("check"),
                                Phrase.of("before"),
                                Phrase.of("now"),
                                Phrase.of("verdict")),
                        rows));
        Optional.ofNullable(checked.downtime())
                .or(() -> run.checked(Moment.AFTER_SWITCH).map(RunEvent.Checked::downtime))
                .ifPresent(downtime ->
                        blocks.add(
                                new Block.Text(Phrase.of("It did not answer for {0}.", downtime))));
        if (!checked.evidence().log().isEmpty() && !checked.evidence().isWell()) {
            blocks.add(new Block.Code(Phrase.of("Last log lines"), checked.evidence().log()));
        }
        return blocks;
    }

    private static Phrase seenBefore(Optional<Evidence> before, Evidence.Row row) {
        return before.stream()
                .flatMap(evidence -> evidence.rows().stream())
                .filter(old -> old.check().equals(row.check()))
                .findFirst()
                .map(Evidence.Row::seen)
                .orElse(Phrase.NONE);
    }

    private static Phrase word(Evidence.Row row) {
        Phrase verdict = row.finding().says();
        return row.finding() == Finding.WELL || row.must()
                ? verdict
                : Phrase.of("{0} (noted)", verdict);
    }
}
