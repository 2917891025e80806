package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.command.CommandLine;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Forward;
import backout.run.Journal;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunId;

import java.util.Map;
import java.util.Optional;

/**
 * The way forward again after a proven rollback: a run like any other, with a plan, a confirmation
 * and votes. What is marked bad is named once more by who means it.
 */
record Forwards(Site site, Journal journal, CommandLine commands, Beginnings beginnings) {
    Reply take(Said said, Person person, RunId id) {
        Run run = Run.of(journal.read(id));
        Plan.Along moved = left(run);
        Ledger ledger = Ledger.of(journal.read(moved.target()));
        String identity = moved.from().identity();
        Optional<Release> release = ledger.release(ledger.id(identity));
        String name = release.map(ledger::sayable).orElse(moved.from().name());
        ledger.bad(identity)
                .filter(_ -> !isNamed(said.value("release"), name, release))
                .ifPresent(why -> refuseBad(id, name, why));
        String reason = said.value("reason");
        var values =
                Map.of(
                        "target",
                        moved.target().name(),
                        "release",
                        name,
                        "reason",
                        reason.isEmpty() ? "forward again after run " + id : reason);
        CommandSpec command = site.rollbackOf(moved.target().kind()).orElseThrow(() -> gone(id));
        Invocation wanted =
                commands.read(command.name(), values).with(Map.of(Forward.AFTER, id.text()));
        Rank.require(site, person, wanted);
        var asked =
                new ChatRequest.Submitted(
                        said.request().delivery(),
                        said.request().person(),
                        said.request().place(),
                        wanted.text(),
                        "",
                        values);
        return beginnings.begin(new Said(asked, wanted, ""), person);
    }

    /** What that run moved away from. */
    private Plan.Along left(Run run) {
        boolean isProven =
                run.outcome()
                        .filter(outcome -> outcome.result() == Outcome.Result.PROVEN)
                        .isPresent();
        if (!isProven
                || Forward.is(run)
                || run.plan().isFromNothing()
                || run.plan().keepsRelease()) {
            throw Problem.stop(
                    Phrase.of(
                            "run {0} is no rollback that is proven and over: there is no release to"
                                    + " go forward to again",
                            run.id()),
                    Phrase.of("see: history {0}", run.request().target().name()));
        }
        if (!run.request().others().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("run {0} moved several targets back together", run.id()),
                    Phrase.of(
                            "lift each lock when it is mended, with unlock TARGET, and deploy them"
                                    + " as usual"));
        }
        return run.plan().move(run.request().target()).orElseThrow();
    }

    private static boolean isNamed(String typed, String name, Optional<Release> release) {
        return typed.equals(name)
                || (!typed.isEmpty() && release.filter(it -> it.isCalled(typed)).isPresent());
    }

    private static void refuseBad(RunId run, String name, Phrase why) {
        throw Problem.stop(
                Phrase.of("{0} is marked bad: {1}", name, why),
                Phrase.of(
                        "if it is mended all the same, say: forward {0} despite {1} because REASON",
                        run, name));
    }

    private static ProblemException gone(RunId run) {
        return Problem.stop(
                Phrase.of("the command that began run {0} is gone", run), Phrase.of("see: help"));
    }
}
