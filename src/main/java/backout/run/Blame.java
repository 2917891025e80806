package backout.run;

import backout.language.Phrase;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.RunEvent.Moment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a release that an undo went back from is to blame for it. Nobody marks a release bad for
 * what is not well without it too.
 */
final class Blame {
    private final Run run;

    Blame(Run run) {
        this.run = run;
    }

    /** Why the release is not marked bad; empty where it is. */
    Optional<Phrase> excuse() {
        List<Phrase> outside = evidence().flatMap(seen -> seen.outside().stream()).toList();
        if (!outside.isEmpty()) {
            return Optional.of(Phrase.joined("; ", outside.stream().distinct().toList()));
        }
        Optional<Evidence> failed = failed();
        List<Evidence.Row> failing = failed.map(this::failing).orElse(List.of());
        if (failing.isEmpty()) {
            return Optional.of(
                    Phrase.of("it was a step that did not work, none of its checks failed"));
        }
        Optional<Evidence> after = run.checked(Moment.AFTER_UNDO).map(RunEvent.Checked::evidence);
        return after.filter(now -> failing.stream().allMatch(row -> isUnwell(now, row)))
                .map(_ -> Phrase.of("the same checks are unwell after the undo too"));
    }

    /**
     * Why the release that a rollback leaves is not marked bad: what it needs was not there. Empty
     * where it is.
     */
    Optional<Phrase> excuseOfLeft() {
        List<Phrase> outside =
                run.checked(Moment.BASELINE)
                        .map(RunEvent.Checked::evidence)
                        .map(Evidence::outside)
                        .orElse(List.of());
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of(Phrase.joined("; ", outside.stream().distinct().toList()));
    }

    /** Whether it was a check of that target that failed; with one target it always was. */
    boolean isFor(TargetName target) {
        return failed().map(this::failing).orElse(List.of()).stream()
                .anyMatch(row -> row.target().isEmpty() || row.target().equals(target.toString()));
    }

    /** The first check for which it is to blame, in words. */
    Phrase why() {
        return failed().flatMap(seen -> failing(seen).stream().findFirst())
                .map(row ->
                        Phrase.of(
                                "failed its checks in run {0}: {1} (seen: {2})",
                                run.id(), row.check(), row.seen()))
                .orElse(Phrase.of("failed its checks in run {0}", run.id()));
    }

    private Stream<Evidence> evidence() {
        return Stream.of(Moment.AFTER_SWITCH, Moment.SOAK, Moment.AFTER_UNDO)
                .flatMap(moment -> run.checked(moment).stream())
                .map(RunEvent.Checked::evidence);
    }

    /** What the checks saw of the release that failed. */
    private Optional<Evidence> failed() {
        return run.failed().map(RunEvent.Checked::evidence);
    }

    /**
     * What tells which release runs counts where nothing else failed; after a step that did not
     * work another one may run, and that says nothing of this one.
     */
    private List<Evidence.Row> failing(Evidence seen) {
        List<Evidence.Row> amiss =
                seen.rows().stream()
                        .filter(row -> row.must() && row.finding() != Finding.WELL)
                        .toList();
        List<Evidence.Row> own = amiss.stream().filter(row -> !row.isIdentity()).toList();
        return own.isEmpty() && !hasFailedStep(run) ? amiss : own;
    }

    static boolean hasFailedStep(Run run) {
        return run.events().stream()
                .anyMatch(event ->
                        event instanceof RunEvent.StepFailed failed
                                && failed.leg() == RunEvent.Leg.FORWARD);
    }

    private static boolean isUnwell(Evidence now, Evidence.Row failing) {
        return now.rows().stream()
                .filter(row -> row.finding() == Finding.UNWELL)
                .anyMatch(row -> row.about().equals(failing.about()));
    }
}
