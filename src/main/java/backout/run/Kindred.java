package backout.run;

import backout.command.Site;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which other targets may be moved together with one, and how they are. */
public record Kindred(Site site, Journal journal) {
    /** Those of which the executor says so. */
    List<Kin> of(Target target, Executor executor) {
        return site.targets().values().stream()
                .filter(other -> !other.name().equals(target.name()))
                .filter(other -> other.name().kind().equals(target.name().kind()))
                .filter(other -> executor.mayMoveTogether(target, other))
                .map(this::kin)
                .toList();
    }

    private Kin kin(Target other) {
        TargetName name = other.name();
        Ledger ledger = Ledger.of(journal.read(name));
        Optional<Run> run = open(one -> one.request().isAbout(name));
        return new Kin(
                other,
                ledger,
                behindLock(ledger, journal, name).map(moved -> moved.from().identity()),
                run.map(one -> one.id().text()),
                run.filter(Run::hasBegunSwitch).isPresent());
    }

    /** What the run behind the lock did to the target; empty where nobody knows. */
    public static Optional<Plan.Along> behindLock(Ledger ledger, Journal journal, TargetName name) {
        return ledger.lockOfRun()
                .map(lock -> lock.run())
                .filter(RunId::isRunId)
                .map(id -> journal.read(new RunId(id)))
                .filter(events -> !events.isEmpty())
                .flatMap(events -> Run.of(events).planned())
                .flatMap(planned -> planned.plan().move(name));
    }

    /**
     * The image ID that the run behind the lock went to, or that ran when a person locked it; empty
     * where nobody knows.
     */
    public static Optional<String> rolledBackTo(Ledger ledger, Journal journal, TargetName name) {
        return ledger.lockedOn()
                .or(() -> behindLock(ledger, journal, name).map(moved -> moved.to().identity()));
    }

    /** Why the switch of the plan must not begin now: another run moves the same. */
    Optional<Problem> atWork(Run own) {
        return open(other ->
                        !other.id().equals(own.id())
                                && other.hasBegunSwitch()
                                && isShared(own.plan(), other.plan()))
                .map(other -> Kin.atWork(other.id().text(), other.request().target()));
    }

    private static boolean isShared(Plan one, Plan other) {
        return one.moves().stream().anyMatch(moved -> other.move(moved.target()).isPresent());
    }

    private Optional<Run> open(Predicate<Run> which) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(which)
                .findFirst();
    }
}
