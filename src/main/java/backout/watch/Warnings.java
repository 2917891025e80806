package backout.watch;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Journal;
import backout.run.Outcome;
import backout.run.Run;

import java.util.List;
import java.util.Optional;

/** What people are warned about when they have not asked: from the journal and what runs. */
final class Warnings {
    private static final int LOOKED_BACK = 50;

    private Warnings() {}

    /**
     * @param running the image ID of what runs
     * @param rolledBackTo the image ID that the run behind the lock went to; empty where nobody
     *     knows
     */
    static Optional<Phrase> of(
            Target target, Ledger ledger, String running, Optional<String> rolledBackTo) {
        Optional<Release> release = ledger.release(running);
        Optional<Phrase> bad = release.flatMap(known -> Optional.ofNullable(known.bad()));
        if (bad.isPresent()) {
            return Optional.of(
                    Phrase.of(
                            "{0} runs {1} again, which is marked bad: {2}. Look at it, or roll"
                                    + " back: {3} {4}",
                            target.name(),
                            name(release, running),
                            bad.get(),
                            target.name().kind(),
                            target.name().name()));
        }
        return ledger.lock()
                .filter(_ -> rolledBackTo.isPresent() && !rolledBackTo.get().equals(running))
                .map(lock ->
                        Phrase.of(
                                "{0} went forward to {1} although {2} locked it with run {3}: {4}."
                                        + " If that is right, say: unlock {5}",
                                target.name(),
                                name(release, running),
                                lock.by(),
                                lock.run(),
                                lock.why(),
                                target.name().name()));
    }

    /** The same; what a run of ours brought and has not been changed since is as it should be. */
    static Optional<Phrase> of(
            Journal journal,
            Target target,
            Ledger ledger,
            String running,
            Optional<String> rolledBackTo) {
        return of(target, ledger, running, rolledBackTo)
                .filter(_ -> !isBroughtByUs(journal, target.name(), ledger, running));
    }

    /** Proven, or kept by a person, who knows what was said of it before. */
    private static boolean isBroughtByUs(
            Journal journal, TargetName target, Ledger ledger, String running) {
        return journal.recent(LOOKED_BACK).stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(Run::hasBegunSwitch)
                .filter(run -> run.plan().move(target).isPresent())
                .findFirst()
                .filter(run -> isMeantToStay(run) && hasBrought(run, target, ledger, running))
                .filter(run -> nothingSince(journal.read(target), run, running))
                .isPresent();
    }

    private static boolean hasBrought(Run run, TargetName target, Ledger ledger, String running) {
        return run.plan()
                .move(target)
                .filter(moved -> ledger.id(moved.to().identity()).equals(running))
                .isPresent();
    }

    private static boolean nothingSince(List<TargetEvent> events, Run run, String running) {
        return events.stream()
                .filter(event -> event.at().isAfter(run.events().getLast().at()))
                .noneMatch(event ->
                        switch (event) {
                            case TargetEvent.Seen seen -> !seen.id().equals(running);
                            case TargetEvent.MarkedBad bad -> bad.id().equals(running);
                            default -> false;
                        });
    }

    private static String name(Optional<Release> release, String running) {
        return release.map(Release::name).orElse(running);
    }

    /** Whether it is over, and what it brought was proven or kept by a person. */
    private static boolean isMeantToStay(Run run) {
        return run.outcome()
                .map(Outcome::result)
                .filter(it ->
                        it == Outcome.Result.PROVEN
                                || (it == Outcome.Result.KEPT && run.answered().isPresent()))
                .isPresent();
    }
}
