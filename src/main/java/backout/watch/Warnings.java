package backout.watch;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;

import java.util.Optional;

/** What people are warned about when they have not asked: pure, from the ledger and what runs. */
final class Warnings {
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

    private static String name(Optional<Release> release, String running) {
        return release.map(Release::name).orElse(running);
    }
}
