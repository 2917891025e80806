package backout.run;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;

/**
 * Who still has the say that they had when they said it: between a yes and the switch people leave
 * and levels fall.
 */
record Electorate(Site site) {
    /** Why a rollback is not for its requester any more; empty while it is. */
    Optional<Problem> refuses(Run run) {
        if (run.isAutomatic()) {
            return Optional.empty();
        }
        if (level(run.requester()) < Rights.needed(site, run)) {
            Phrase why =
                    Phrase.of("{0}, who asked for it, may not do so any more", run.requester());
            return Optional.of(refusal(why));
        }
        return GlassBroken.now(run)
                .filter(glass ->
                        level(glass.by()) < run.planned().orElseThrow().policy().glassFrom())
                .map(glass ->
                        refusal(
                                Phrase.of(
                                        "{0}, who had it begin without votes, may not do so any"
                                                + " more",
                                        glass.by())));
    }

    private Problem refusal(Phrase why) {
        return new Problem(
                why, site.file("people.yml"), Phrase.of("somebody who may asks for it again"));
    }

    private int level(String name) {
        return Optional.ofNullable(site.people().get(name)).map(Person::level).orElse(-1);
    }

    /** Those among whom approved it whose vote does not count any more. */
    List<String> lapsed(Run run, List<String> by) {
        List<String> voters = new Rights(site, run).voters();
        return by.stream().filter(name -> !voters.contains(name)).toList();
    }
}
