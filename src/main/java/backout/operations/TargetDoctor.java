package backout.operations;

import backout.command.Invocation;
import backout.command.Site;
import backout.frontdesk.Diagnosis;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Executor;
import backout.run.Pause;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Whether a target could be rolled back now: what it stands on answers, its checks hold, and a plan
 * can be made, for which everything is tried that a rollback needs. Touches nothing.
 *
 * @param draft makes a plan that nobody runs
 */
public record TargetDoctor(
        Site site,
        BiFunction<Target, Invocation, Plan> draft,
        InstantSource clock,
        LongSupplier nanos,
        Pause pause) {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    public List<Diagnosis> examine(Target target, Executor executor) {
        var found = new ArrayList<Diagnosis>();
        found.addAll(ground(target, executor));
        found.add(checks(target, executor));
        found.addAll(wayBack(target));
        return found;
    }

    private static List<Diagnosis> ground(Target target, Executor executor) {
        try {
            return executor.reach(target)
                    .map(said -> List.of(Diagnosis.well(Phrase.verbatim(said))))
                    .orElse(List.of());
        } catch (ProblemException e) {
            return all(e);
        }
    }

    private Diagnosis checks(Target target, Executor executor) {
        try {
            Evidence evidence =
                    executor.proof(target, clock, pause)
                            .standing(site.checksOf(target), Deadline.in(WITHIN, nanos));
            return switch (evidence.finding()) {
                case WELL -> Diagnosis.well(Phrase.of("its checks hold now"));
                case UNWELL ->
                        Diagnosis.unwell(
                                Phrase.of("a check does not hold: {0}", evidence.trouble()),
                                Phrase.of(
                                        "mend the check, or the service: it would undo every"
                                                + " rollback"));
                case UNKNOWN ->
                        Diagnosis.unknown(
                                Phrase.of("a check cannot look: {0}", evidence.trouble()),
                                Phrase.of("mend it: no rollback would count as proven"));
            };
        } catch (ProblemException e) {
            return Diagnosis.unknown(
                    Phrase.of("its checks could not be read: {0}", e.problem().what()),
                    e.problem().next());
        }
    }

    /** Rights, room, the engine's version, a good release: whatever is missing makes no plan. */
    private List<Diagnosis> wayBack(Target target) {
        var command = site.rollbackOf(target.name().kind());
        if (command.isEmpty()) {
            return List.of(
                    Diagnosis.unwell(
                            Phrase.of("no command rolls it back"),
                            Phrase.of("put the shipped file back into commands/")));
        }
        try {
            var wanted = new Invocation(command.get(), Map.of("target", target.name().name()));
            Plan plan = draft.apply(target, wanted);
            return List.of(
                    Diagnosis.well(
                            Phrase.of(
                                    "it could be rolled back now, from {0} to {1}",
                                    plan.from().name(), plan.to().name())));
        } catch (ProblemException e) {
            return all(e);
        }
    }

    private static List<Diagnosis> all(ProblemException e) {
        Finding finding = e.couldNotLook() ? Finding.UNKNOWN : Finding.UNWELL;
        return e.problems().stream()
                .map((Problem problem) -> new Diagnosis(finding, problem.what(), problem.next()))
                .toList();
    }
}
