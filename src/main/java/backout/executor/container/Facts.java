package backout.executor.container;

import backout.archive.Unsaved;
import backout.language.Phrase;
import backout.plan.CommonFacts;
import backout.plan.Plan;

import java.util.ArrayList;
import java.util.List;

/** What a plan tells of itself beside its steps. */
final class Facts {
    private Facts() {}

    static List<Plan.Fact> of(Prospect prospect, Steps steps) {
        var facts = new ArrayList<>(CommonFacts.machine(prospect.target()));
        facts.add(CommonFacts.downtime(steps.drain()));
        boolean saves = prospect.prepares("container.backup") && !steps.unsaved().has(Unsaved.DATA);
        facts.add(
                new Plan.Fact(
                        Plan.Fact.DATA,
                        saves
                                ? Phrase.of("not touched; a backup is made first")
                                : Phrase.of("not touched; no backup is made")));
        return facts;
    }
}
