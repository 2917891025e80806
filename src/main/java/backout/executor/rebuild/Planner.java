package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
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
import java.util.function.Supplier;

/** Looks at what the bot keeps and at the machine, and says what would be done. */
record Planner(Root root, Kept keeps, Preflight<Prospect> preflight) {
    Outlook look(Request request, Instant at, Deadline by) {
        Target target = request.target();
        var project = new Project(target);
        var missing = new ArrayList<Problem>();
        Optional<SavedImage> image = had(() -> keeps.image(target), missing);
        Optional<Kept.KeptFiles> kept = had(() -> keeps.files(target), missing);
        Optional<Facts> facts = had(() -> facts(project), missing);
        if (image.isEmpty() || kept.isEmpty() || facts.isEmpty()) {
            throw new ProblemException(missing);
        }
        return new Seen(
                this,
                request,
                project,
                image.get(),
                kept.get(),
                facts.get(),
                from(project, facts.get(), request),
                at,
                by);
    }

    /** All that is missing is told at once: who mends one mends all. */
    private static <T> Optional<T> had(Supplier<T> look, List<Problem> missing) {
        try {
            return Optional.of(look.get());
        } catch (ProblemException e) {
            missing.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Facts facts(Project project) {
        return Facts.of(root, project.name(), project.folder(), project.files());
    }

    private Plan.Shown from(Project project, Facts facts, Request request) {
        Optional<String> image =
                facts.containers().isEmpty()
                        ? Optional.empty()
                        : State.of(root, project.name(), project.service()).image();
        return image.map(id -> request.ledger().shown(id, project.image()))
                .orElseGet(() ->
                        new Plan.Shown(
                                Step.NOTHING,
                                Step.NOTHING,
                                Phrase.of("nothing of it is on {0}", root.host().name())));
    }

    /**
     * What the machine is, where all that is needed is there.
     *
     * @throws ProblemException with all that is missing
     */
    Facts ready(Target target) {
        List<Problem> missing = missing(target);
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
        return facts(new Project(target));
    }

    /** What of the needed is missing today: the bot's own part, which no machine is asked for. */
    List<Problem> missing(Target target) {
        var missing = new ArrayList<Problem>();
        var _ = had(() -> keeps.image(target), missing);
        var _ = had(() -> keeps.files(target), missing);
        return missing;
    }

    /** Why that release cannot be had from what the bot keeps. */
    Optional<Phrase> lost(Target target, Release release) {
        var missing = new ArrayList<Problem>();
        return had(() -> keeps.image(target), missing)
                .filter(image -> image.id().equals(release.id()))
                .map(_ -> Optional.<Phrase>empty())
                .orElseGet(() -> Optional.of(Phrase.of("its image is not saved at the bot")));
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Target target, Plan plan) {
        var project = new Project(target);
        Facts facts = facts(project);
        var reasons = new ArrayList<Phrase>();
        if (!facts.containers().isEmpty()) {
            reasons.add(
                    Phrase.of(
                            "project {0} has containers now: {1}",
                            project.name(), Phrase.list(facts.containers())));
        }
        plan.steps().stream()
                .filter(step -> step.action().equals(Steps.FILES))
                .filter(step -> step.target().equals(target.name()))
                .filter(step ->
                        !Listing.found(Listing.parse(step.need("after")).names(), facts.files())
                                .identity()
                                .equals(step.from()))
                .map(step -> Phrase.of("somebody changed files in {0}", project.folder()))
                .forEach(reasons::add);
        missing(target).stream().map(Problem::what).forEach(reasons::add);
        return reasons;
    }

    private record Seen(
            Planner planner,
            Request request,
            Project project,
            SavedImage image,
            Kept.KeptFiles kept,
            Facts facts,
            Plan.Shown from,
            Instant at,
            Deadline by)
            implements Outlook {
        @Override
        public boolean isDown() {
            return from.identity().equals(Step.NOTHING);
        }

        @Override
        public Releases releases() {
            return new SavedReleases(image, request.ledger(), at);
        }

        @Override
        public Draft draft(Chosen choice) {
            var prospect = new Prospect(project, facts, image, kept, request.wanted(), choice, at);
            Findings findings =
                    planner.preflight.look(request.target().name(), prospect, by).orStop();
            var steps = new Steps(prospect);
            return new Draft(
                    choice,
                    steps.all(),
                    Draft.Undo.LAST_FIRST,
                    List.of(),
                    List.of(),
                    steps.facts(),
                    findings.told(),
                    List.of());
        }
    }
}
