package backout.run;

import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Part;
import backout.plan.Plan;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.RunEvent.Moment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an event of a run means beyond the run for the targets that it moves: the lock, and which
 * release is bad or good.
 */
public final class Consequences {
    private final Run run;
    private final Map<TargetName, List<TargetEvent>> about = new LinkedHashMap<>();

    private Consequences(Run run) {
        this.run = run;
    }

    /** By target; {@link Freeze#SITE} for what concerns the whole site. */
    public static Map<TargetName, List<TargetEvent>> of(Run run, List<RunEvent> events) {
        var all = new Consequences(run);
        events.forEach(all::add);
        return all.about;
    }

    private void add(RunEvent event) {
        boolean isOfRelease = run.planned().filter(one -> one.plan().keepsRelease()).isEmpty();
        switch (event) {
            case RunEvent.Proven proven when isOfRelease ->
                    run.plan().moves().forEach(moved -> locked(moved, proven));
            case GlassBroken glass -> say(Freeze.SITE, broken(glass));
            case RunEvent.Finished finished when isOfRelease -> over(finished);
            default -> {}
        }
    }

    private void over(RunEvent.Finished finished) {
        switch (finished.outcome().result()) {
            case UNDONE -> undone(finished);
            case PROVEN -> good(finished);
            default -> {}
        }
    }

    private void say(TargetName target, TargetEvent event) {
        about.computeIfAbsent(target, _ -> new ArrayList<>()).add(event);
    }

    private TargetEvent broken(GlassBroken glass) {
        return new TargetEvent.GlassBroken(
                glass.at(),
                run.id().text(),
                run.request().target(),
                glass.by(),
                glass.reason(),
                glass.level(),
                glass.via());
    }

    private void locked(Plan.Along moved, RunEvent.Proven proven) {
        Phrase why =
                run.request().reason().isEmpty()
                        ? Proposal.of(run.request())
                                .map(Proposal::what)
                                .orElse(Phrase.of("rolled back"))
                        : Phrase.verbatim(run.request().reason());
        TargetName target = moved.target();
        say(
                target,
                new TargetEvent.Cleared(
                        proven.at(),
                        moved.to().identity(),
                        "backout",
                        Phrase.of("proven in run {0}", run.id())));
        if (Forward.is(run)) {
            Phrase forward = Phrase.of("it went forward again in run {0}", run.id());
            say(target, new TargetEvent.Unlocked(proven.at(), "backout", forward));
            return;
        }
        if (new Blame(run).excuseOfLeft().isEmpty()) {
            say(
                    target,
                    new TargetEvent.MarkedBad(
                            proven.at(), moved.from().identity(), why, run.requester()));
        }
        say(target, new TargetEvent.Locked(proven.at(), run.requester(), why, run.id().text()));
    }

    /** It held to the end, so nobody need wait for the watch; of what goes along less was asked. */
    private void good(RunEvent.Finished finished) {
        List<Phrase> remarks =
                run
                        .checked(Moment.SOAK)
                        .or(() -> run.checked(Moment.AFTER_SWITCH))
                        .map(checked -> checked.evidence().remarks())
                        .orElse(List.of())
                        .stream()
                        .map(Evidence.Row::remark)
                        .toList();
        for (Part part : run.plan().parts()) {
            say(
                    part.target(),
                    new TargetEvent.FoundGood(
                            finished.at(), part.to().identity(), "", remarks, run.id().text()));
        }
    }

    /**
     * What failed its checks here is not chosen again, unless it was not to blame; what goes along
     * with it did not fail them. The old release is back, so nothing is locked.
     */
    private void undone(RunEvent.Finished finished) {
        Plan plan = run.plan();
        var blame = new Blame(run);
        if (blame.excuse().isEmpty()) {
            for (Part part : plan.parts()) {
                if (blame.isFor(part.target())) {
                    say(
                            part.target(),
                            new TargetEvent.MarkedBad(
                                    finished.at(), part.to().identity(), blame.why(), "backout"));
                }
            }
        }
        if (run.proven().isPresent()) {
            Phrase why = Phrase.of("run {0} was undone", run.id());
            plan.moves()
                    .forEach(moved ->
                            say(
                                    moved.target(),
                                    new TargetEvent.Unlocked(finished.at(), "backout", why)));
        }
    }
}
