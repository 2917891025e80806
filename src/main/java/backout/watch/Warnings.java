package backout.watch;

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
    static Optional<String> of(
            Target target, Ledger ledger, String running, Optional<String> rolledBackTo) {
        Optional<Release> release = ledger.release(running);
        Optional<String> bad = release.flatMap(known -> Optional.ofNullable(known.bad()));
        if (bad.isPresent()) {
            return Optional.of(
                    target.name()
                            + " runs "
                            + name(release, running)
                            + " again, which is marked bad: "
                            + bad.get()
                            + ". Look at it, or roll back: "
                            + target.name().kind()
                            + " "
                            + target.name().name());
        }
        return ledger.lock()
                .filter(_ -> rolledBackTo.isPresent() && !rolledBackTo.get().equals(running))
                .map(lock ->
                        target.name()
                                + " went forward to "
                                + name(release, running)
                                + " although "
                                + lock.by()
                                + " locked it with run "
                                + lock.run()
                                + ": "
                                + lock.why()
                                + ". If that is right, say: unlock "
                                + target.name().name());
    }

    private static String name(Optional<Release> release, String running) {
        return release.map(Release::name).orElse(running);
    }
}
