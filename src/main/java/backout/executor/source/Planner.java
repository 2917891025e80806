package backout.executor.source;

import backout.archive.Unsaved;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Step;
import backout.plan.Target;
import backout.run.Deadline;
import backout.run.Draft;
import backout.run.Findings;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Request;
import backout.supervisor.Found;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at the folder and at what runs out of it, and says what would be done. */
record Planner(Host host, Services services, Preflight<Prospect> preflight) {
    Outlook look(Request request, Instant now, Deadline by) {
        Layout layout = Layout.of(host, request.target());
        String commit = layout.commit();
        Found found = services.found(layout.current(), Looks.port(request.target()));
        return new Seen(
                this,
                request,
                layout,
                found,
                request.ledger().shown(commit, Names.brief(commit)),
                new SourceReleases(layout, request.target(), request.ledger(), now),
                by);
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Target target, Plan plan) {
        var reasons = new ArrayList<Phrase>();
        Layout layout = Layout.of(host, target);
        for (Step step : plan.steps()) {
            if (!step.action().equals(Steps.SWITCH)) {
                continue;
            }
            Path former = Path.of(step.need("current"));
            if (!layout.current().equals(former)) {
                reasons.add(Phrase.of("{0} is served now", layout.current()));
            } else if (!layout.commit().equals(step.from())) {
                reasons.add(
                        Phrase.of(
                                "another commit is checked out now: {0}",
                                Names.brief(layout.commit())));
            }
            services.found(layout.current(), Looks.port(target)).against().stream()
                    .map(problem -> problem.what())
                    .forEach(reasons::add);
        }
        return reasons;
    }

    private record Seen(
            Planner planner,
            Request request,
            Layout layout,
            Found found,
            Plan.Shown from,
            SourceReleases releases,
            Deadline by)
            implements Outlook {
        @Override
        public Draft draft(Chosen choice) {
            var prospect =
                    new Prospect(
                            request.target(),
                            request.wanted(),
                            layout,
                            from.identity(),
                            found,
                            choice,
                            releases.kept(choice.identity()));
            Findings findings =
                    planner.preflight.look(request.target().name(), prospect, by).orStop();
            var unsaved = Unsaved.of(findings);
            return new Draft(
                    choice,
                    new Steps(prospect, unsaved).all(),
                    Draft.Undo.LAST_FIRST,
                    List.of(),
                    List.of(),
                    Facts.of(prospect, unsaved),
                    findings.told(),
                    List.of());
        }
    }
}
