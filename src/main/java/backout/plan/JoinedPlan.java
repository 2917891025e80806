package backout.plan;

import backout.language.Phrase;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plans of several targets as one: everything is prepared before anything is switched, targets are
 * switched in their order, and an undo takes back the last one first.
 */
final class JoinedPlan {
    private final List<Plan> plans;
    private final List<Step> steps = new ArrayList<>();

    /** Where each step of each plan went: by plan, then by its old index. */
    private final List<Map<Integer, Integer>> places = new ArrayList<>();

    private JoinedPlan(List<Plan> plans) {
        this.plans = List.copyOf(plans);
        plans.forEach(_ -> places.add(new HashMap<>()));
        List.of(Phase.values()).forEach(this::take);
    }

    /**
     * @param plans at least one, in the order in which they are switched
     */
    static Plan of(List<Plan> plans) {
        return plans.size() == 1 ? plans.getFirst() : new JoinedPlan(plans).plan();
    }

    private void take(Phase phase) {
        for (int i = 0; i < plans.size(); i++) {
            for (int index : plans.get(i).indexes(phase)) {
                places.get(i).put(index, steps.size());
                steps.add(plans.get(i).steps().get(index));
            }
        }
    }

    private Plan plan() {
        Plan first = plans.getFirst();
        return new Plan(
                first.target(),
                first.command(),
                first.from(),
                first.to(),
                first.why(),
                steps,
                undo(),
                first.checks(),
                plans.stream().flatMap(JoinedPlan::facts).toList(),
                plans.stream().flatMap(plan -> told(plan, plan.warnings())).toList(),
                plans.stream().flatMap(plan -> told(plan, plan.willNotUndo())).toList(),
                first.undoChecks(),
                plans.stream().flatMap(plan -> plan.along().stream()).toList(),
                plans.stream().skip(1).flatMap(plan -> plan.parts().stream()).toList());
    }

    private List<Integer> undo() {
        var order = new ArrayList<Integer>();
        for (int i = plans.size() - 1; i >= 0; i--) {
            Map<Integer, Integer> place = places.get(i);
            plans.get(i).undo().stream().map(place::get).forEach(order::add);
        }
        return order;
    }

    private static Stream<Plan.Fact> facts(Plan plan) {
        return plan.facts().stream()
                .map(fact ->
                        new Plan.Fact(
                                Phrase.of("{0}: {1}", plan.target(), fact.label()), fact.value()));
    }

    private static Stream<Phrase> told(Plan plan, List<Phrase> lines) {
        return lines.stream().map(line -> Phrase.of("{0}: {1}", plan.target(), line));
    }
}
