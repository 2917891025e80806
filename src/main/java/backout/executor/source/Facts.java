package backout.executor.source;

import backout.archive.Unsaved;
import backout.language.Phrase;
import backout.plan.CommonFacts;
import backout.plan.Plan;

import java.util.ArrayList;
import java.util.List;

/** What a plan tells of itself beside its steps. */
final class Facts {
    private Facts() {}

    static List<Plan.Fact> of(Prospect prospect, Unsaved unsaved) {
        var facts = new ArrayList<>(CommonFacts.machine(prospect.target()));
        facts.add(
                new Plan.Fact(
                        Phrase.of("run by"),
                        Phrase.list(
                                prospect.found().owners().stream()
                                        .map(owner -> owner.says())
                                        .toList())));
        facts.add(new Plan.Fact(Phrase.of("comes from"), way(prospect)));
        facts.add(
                new Plan.Fact(
                        Plan.Fact.DOWNTIME,
                        Phrase.of("the stop and the start of the service, nothing else")));
        boolean saves = prospect.prepares(Steps.BACKUP) && !unsaved.has(Unsaved.DATA);
        facts.add(
                new Plan.Fact(
                        Plan.Fact.DATA,
                        saves
                                ? Phrase.of("not touched; a backup is made first")
                                : Phrase.of("not touched; no backup is made")));
        return facts;
    }

    /** The guide's ways: a folder that is there, the repository that is there, a fresh copy. */
    private static Phrase way(Prospect prospect) {
        if (prospect.kept().isPresent()) {
            return Phrase.of("the folder that holds it, built already: {0}", prospect.folder());
        }
        return prospect.choice().isHere()
                ? Phrase.of("the repository that is there, in a new folder")
                : Phrase.of("a repository that the target names, in a new folder");
    }
}
