package backout.executor.container;

import backout.archive.Unsaved;
import backout.docker.ContainerSummary;
import backout.docker.ContainerSwap;
import backout.docker.Engine;
import backout.docker.ImageLook;
import backout.docker.ImageReleases;
import backout.docker.Owner;
import backout.docker.Ports;
import backout.docker.Registries;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Deadline;
import backout.run.Draft;
import backout.run.Findings;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the container, and says what would be done to bring a release. */
record Planner(
        Engine engine,
        Registries registries,
        Owner owner,
        Ports ports,
        Preflight<Prospect> preflight) {
    Outlook look(Request request, Instant now, Deadline by) {
        ContainerSummary container = mine(request.target());
        Plan.Shown from = request.ledger().shown(container.imageId(), container.image());
        var releases =
                new ImageReleases(
                        engine,
                        registries,
                        request.target(),
                        request.ledger(),
                        request.current(from, false),
                        now);
        return new Seen(this, request, container, from, releases, by);
    }

    /** Stops where somebody else would make it anew, or nobody can. */
    ContainerSummary mine(Target target) {
        ContainerSummary container = new Found(engine).container(target);
        refusals(container).orStop();
        return container;
    }

    Findings refusals(ContainerSummary container) {
        Optional<Problem> theirs = owner.of(container);
        return Findings.red(
                theirs.map(List::of)
                        .orElseGet(() -> new ContainerSwap(engine).refusals(container.name())));
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Target target, Plan plan) {
        var reasons = new ArrayList<Phrase>();
        ContainerSummary container = new Found(engine).container(target);
        refusals(container).red().stream().map(Problem::what).forEach(reasons::add);
        for (Step step : plan.steps()) {
            if (step.action().equals(Steps.SWAP)) {
                if (!container.imageId().equals(step.from())) {
                    reasons.add(Phrase.of("another image runs now: {0}", container.image()));
                }
                ports.taken(container)
                        .forEach(port ->
                                reasons.add(
                                        Phrase.of(
                                                "port {0} is taken by something else now", port)));
                reasons.addAll(ImageLook.moved(engine, step.to(), step.need("image")));
            }
        }
        return reasons;
    }

    private record Seen(
            Planner planner,
            Request request,
            ContainerSummary container,
            Plan.Shown from,
            Releases releases,
            Deadline by)
            implements Outlook {
        @Override
        public Draft draft(Chosen choice) {
            var prospect = new Prospect(request.target(), request.wanted(), container, choice);
            Findings findings =
                    planner.preflight.look(request.target().name(), prospect, by).orStop();
            var steps = new Steps(prospect, Unsaved.of(findings));
            return new Draft(
                    choice,
                    steps.all(),
                    Draft.Undo.LAST_FIRST,
                    List.of(),
                    List.of(),
                    Facts.of(prospect, steps),
                    findings.told(),
                    List.of());
        }
    }
}
