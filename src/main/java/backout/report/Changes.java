package backout.report;

import backout.approval.Vote;
import backout.chat.Block;
import backout.language.Phrase;
import backout.run.Run;
import backout.run.RunEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why the plan is another one than at first, and whose yes went with the former one. */
final class Changes {
    private Changes() {}

    /** Empty when the plan is the first one, and the one that was shown before it was asked for. */
    static Optional<Block> block(Run run) {
        var lines = new ArrayList<>(run.planChanges());
        another(run).ifPresent(lines::add);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<String> lapsed = lapsed(run);
        if (!lapsed.isEmpty()) {
            lines.add(Phrase.of("the votes of {0} no longer count", lapsed));
        }
        return Optional.of(
                new Block.Lines(
                        Phrase.of("The plan changed, please look again"),
                        lines.stream()
                                .map(text -> new Block.Line(Block.Mark.NONE, text, Phrase.NONE))
                                .toList()));
    }

    private static Optional<Phrase> another(Run run) {
        return Optional.ofNullable(run.request().values().get(RunEvent.Requested.SHOWN_PLAN))
                .filter(_ -> run.planChanges().isEmpty())
                .filter(hash -> run.planned().isPresent() && !run.plan().hash().equals(hash))
                .map(hash ->
                        Phrase.of(
                                "it is not plan {0}, which was shown before this was asked", hash));
    }

    private static List<String> lapsed(Run run) {
        List<String> counts = run.votes().stream().map(Vote::by).toList();
        return run.events().stream()
                .filter(RunEvent.Voted.class::isInstance)
                .map(event -> ((RunEvent.Voted) event).vote().by())
                .distinct()
                .filter(voter -> !counts.contains(voter))
                .toList();
    }
}
