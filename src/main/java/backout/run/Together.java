package backout.run;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;

/** Why several targets cannot be rolled back in one run. */
final class Together {
    private Together() {}

    /** The same, saying of which of them it is. */
    static Problem of(Target target, Problem problem) {
        return new Problem(
                Phrase.of("{0}: {1}", target.name(), problem.what()),
                problem.where(),
                problem.next());
    }

    /** All that was refused, as one; none of them is touched then. */
    static Optional<Problem> refusal(List<Problem> refused) {
        return refused.size() < 2
                ? refused.stream().findFirst()
                : Optional.of(
                        Problem.of(
                                Phrase.joined("; ", refused.stream().map(Problem::what).toList()),
                                Phrase.joined(
                                        "; ",
                                        refused.stream().map(Problem::next).distinct().toList())));
    }

    /**
     * What one plan moves along cannot be another part of the same run: it would be moved twice.
     */
    static Optional<Problem> entangled(List<Plan> plans) {
        List<TargetName> own = plans.stream().map(Plan::target).toList();
        return plans.stream()
                .flatMap(plan ->
                        plan.along().stream()
                                .map(Plan.Along::target)
                                .filter(own::contains)
                                .map(moved -> entangled(plan.target(), moved)))
                .findFirst();
    }

    private static Problem entangled(TargetName mover, TargetName moved) {
        return new Problem(
                Phrase.of("{0} takes {1} along, which is in the group itself", mover, moved),
                moved.toString(),
                Phrase.of(
                        "leave one of them out of the group in config/groups.yml, or give each a"
                                + " line of its own in the files that they share"));
    }
}
