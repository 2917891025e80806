package backout.frontdesk;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;

/** A rollback that somebody has in mind: understood, and its targets found, in their order. */
public record WantedPlan(List<Target> targets, Invocation invocation) {
    public WantedPlan {
        targets = List.copyOf(targets);
    }

    Phrase names() {
        return Phrase.list(targets.stream().map(it -> it.name().toString()).toList());
    }

    /**
     * The only one of them.
     *
     * @throws ProblemException when there are several
     */
    public Target only() {
        if (targets.size() > 1) {
            throw Problem.stop(
                    Phrase.of("a group has no script"),
                    Phrase.of("print one for each of its targets"));
        }
        return targets.getFirst();
    }
}
