package backout.operations;

import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must stay, decided from the journal alone. */
final class Needed {
    private Needed() {}

    /**
     * The releases that somebody may want back: of runs that are open or ended not before {@code
     * since}; of a target's ledger what runs, what was seen or is good lately, and always the two
     * good ones that ran last.
     */
    static Set<String> releases(List<Run> runs, List<Ledger> ledgers, Instant since) {
        var needed = new HashSet<String>();
        runs.stream()
                .filter(run -> end(run).filter(at -> at.isBefore(since)).isEmpty())
                .flatMap(Needed::releases)
                .forEach(needed::add);
        for (Ledger ledger : ledgers) {
            List<Release> releases = ledger.releases();
            releases.stream().limit(1).map(Release::id).forEach(needed::add);
            releases.stream()
                    .filter(release -> release.standing() != Release.Standing.BAD)
                    .filter(release -> !release.lastSeen().isBefore(since))
                    .map(Release::id)
                    .forEach(needed::add);
            releases.stream()
                    .filter(release -> release.standing() == Release.Standing.GOOD)
                    .limit(2)
                    .map(Release::id)
                    .forEach(needed::add);
        }
        return needed;
    }

    private static Stream<String> releases(Run run) {
        return run.events().stream()
                .filter(RunEvent.Planned.class::isInstance)
                .map(RunEvent.Planned.class::cast)
                .map(RunEvent.Planned::plan)
                .flatMap(Needed::releases);
    }

    private static Stream<String> releases(Plan plan) {
        return Stream.concat(
                Stream.of(plan.from().identity(), plan.to().identity()),
                plan.steps().stream().flatMap(step -> Stream.of(step.from(), step.to())));
    }

    /** When the run was over; empty while it is open. */
    static Optional<Instant> end(Run run) {
        return run.events().getLast() instanceof RunEvent.Finished finished
                ? Optional.of(finished.at())
                : Optional.empty();
    }

    /**
     * Whatever a run wrote down that could be a reference to an artifact: its steps' values and its
     * receipts.
     */
    static Stream<String> mentions(Run run) {
        return run.events().stream()
                .flatMap(event ->
                        switch (event) {
                            case RunEvent.Planned planned ->
                                    planned.plan().steps().stream()
                                            .flatMap(step -> step.with().values().stream());
                            case RunEvent.ReceiptKept kept ->
                                    kept.receipt().kept().values().stream();
                            default -> Stream.empty();
                        });
    }
}
