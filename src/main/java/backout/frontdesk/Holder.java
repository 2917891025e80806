package backout.frontdesk;

import backout.approval.Person;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Rights;
import backout.run.Run;
import backout.run.RunId;

import java.util.List;

/** The run that has a target, where another one is asked for: what to do instead. */
record Holder(Site site, Journal journal) {
    ProblemException refuses(Person asking, List<Target> all, RunId holder) {
        Run run = Run.of(journal.read(holder));
        return Problem.stop(
                Phrase.of(
                        "run {0} of {1} holds it: {2}",
                        holder, run.requester(), run.request().words()),
                held(run, all),
                insteadOf(run, asking));
    }

    private static String held(Run run, List<Target> all) {
        return all.stream()
                .map(Target::name)
                .filter(run.request()::isAbout)
                .findFirst()
                .orElseGet(run.request()::target)
                .toString();
    }

    /** Only what this person may. */
    private Phrase insteadOf(Run run, Person asking) {
        if (run.isUndoing() || (run.hasBegunSwitch() && run.proven().isEmpty())) {
            return Phrase.of("wait for it");
        }
        if (Rights.mayCancel(asking, run)) {
            return Phrase.of("wait for it, or: cancel {0}", run.id());
        }
        List<String> who =
                site.people().values().stream()
                        .filter(person -> Rights.mayCancel(person, run))
                        .map(Person::name)
                        .toList();
        return Phrase.of(
                "wait for it, or let one of these say cancel {0}: {1}", run.id(), Phrase.list(who));
    }
}
