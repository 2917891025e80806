package backout.executor.rebuild;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Redaction;
import backout.run.LogTail;
import backout.run.Probes;

import java.time.Duration;
import java.util.List;

/** What a rebuilt project is looked at with: its address, its containers, the end of its log. */
record RebuildEyes(Root root, Project project, Probe http, Secrets secrets) implements Probes {
    @Override
    public Reading look(Subject subject, Duration within) {
        return switch (subject) {
            case Subject.Http asked -> http.look(asked, within);
            case Subject.Container _,
                    Subject.OwnProcess _,
                    Subject.Redis _,
                    Subject.Disk _,
                    Subject.Names _ ->
                    new Reading.NotSeen(
                            Problem.of(
                                    Phrase.of(
                                            "a {0} target has no probe for {1}",
                                            project.target().name().kind(), subject.word()),
                                    Phrase.of("take the check out")));
        };
    }

    @Override
    public String running() {
        return State.of(root, project.name(), project.service()).image().orElse(Step.NOTHING);
    }

    @Override
    public List<Phrase> log() {
        var settings = project.target().settings();
        if (settings.flag("hide-log")) {
            return List.of();
        }
        try {
            List<String> said =
                    root.lines(
                            Remote.COMPOSE,
                            project.folder(),
                            project.name(),
                            project.file(),
                            "logs",
                            "--no-color",
                            "--tail",
                            "50");
            var hidden = new Redaction(secrets.values(settings));
            return LogTail.of(hidden.of(said));
        } catch (ProblemException e) {
            return List.of(e.problem().what());
        }
    }
}
