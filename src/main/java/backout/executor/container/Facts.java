package backout.executor.container;

import backout.archive.Unsaved;
import backout.language.Phrase;
import backout.plan.Plan;

import java.util.ArrayList;
import java.util.List;

/** What a plan tells of itself beside its steps. */
final class Facts {
    private Facts() {}

    static List<Plan.Fact> of(Prospect prospect, Steps steps) {
        var facts = new ArrayList<Plan.Fact>();
        if (!prospect.target().isHere()) {
            facts.add(
                    new Plan.Fact(Phrase.of("machine"), Phrase.verbatim(prospect.target().host())));
        }
        String drain = steps.drain();
        facts.add(
                new Plan.Fact(
                        Plan.Fact.DOWNTIME,
                        drain.equals("0s")
                                ? Phrase.of(
                                        "about 0.5 s + the start of the service, requests in flight"
                                                + " are cut off")
                                : Phrase.of(
                                        "about 0.5 s + the start of the service, up to {0} more"
                                                + " while requests in flight end (drain {1})",
                                        drain, drain)));
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
