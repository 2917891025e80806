package backout.run;

import backout.check.Check;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Chosen;
import backout.plan.Hooks;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one kind of targets does to bring a release: the part of a plan that is its own.
 *
 * @param choice the release, written as the target's files will name it
 * @param steps prepare steps first, then switch steps, in the order in which they are done
 * @param undo the order in which an undo takes the switch steps back
 * @param checks what proves it besides the lines of the command and of the target
 * @param undoChecks what proves an undo besides those
 * @param facts what people read besides
 * @param warnings what they should know before they say yes
 * @param along other targets whose services are moved with it
 */
public record Draft(
        Chosen choice,
        List<Step> steps,
        Undo undo,
        List<String> checks,
        List<String> undoChecks,
        List<Plan.Fact> facts,
        List<Phrase> warnings,
        List<Plan.Along> along) {
    /** In which order an undo takes back what was switched. */
    public enum Undo {
        LAST_FIRST,
        FIRST_FIRST
    }

    public Draft {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        undoChecks = List.copyOf(undoChecks);
        facts = List.copyOf(facts);
        warnings = List.copyOf(warnings);
        along = List.copyOf(along);
    }

    /** Nothing but steps. */
    public static Draft of(Chosen choice, List<Step> steps) {
        return new Draft(
                choice,
                steps,
                Undo.LAST_FIRST,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * With all that plans of every kind say.
     *
     * @throws backout.problem.ProblemException when a check of it cannot be read
     */
    Plan plan(Request request, Plan.Shown from) {
        List<Step> all = Hooks.around(steps, request.target());
        Plan plan =
                new Plan(
                                request.target().name(),
                                request.wanted().command().name(),
                                from,
                                new Plan.Shown(
                                        choice.identity(),
                                        choice.release().name(),
                                        Phrase.verbatim(choice.source())),
                                choice.why(),
                                all,
                                undoOrder(all),
                                joined(choice.checks(request.target(), request.checks()), checks),
                                facts,
                                joined(
                                        joined(choice.warnings(), warnings),
                                        common(request.ledger())),
                                List.of(
                                        Phrase.of(
                                                "what version {0} wrote into data stays written",
                                                from.name())))
                        .moving(along)
                        .provingUndoBy(joined(former(request, from), undoChecks));
        requireReadable(plan);
        return plan;
    }

    /** What nobody can read would hold the run up after people said yes to it. */
    private static void requireReadable(Plan plan) {
        joined(plan.checks(), plan.undoChecks()).forEach(Check::filled);
    }

    private List<Integer> undoOrder(List<Step> all) {
        List<Integer> order =
                IntStream.range(0, all.size())
                        .filter(index -> all.get(index).phase() == Phase.SWITCH)
                        .boxed()
                        .toList();
        return switch (undo) {
            case FIRST_FIRST -> order;
            case LAST_FIRST -> order.reversed();
        };
    }

    /** The same lines, about what runs now. */
    private static List<String> former(Request request, Plan.Shown from) {
        String version = request.ledger().release(from.identity()).map(Release::version).orElse("");
        return CheckLines.of(request.target(), request.checks(), from.identity(), version);
    }

    private List<Phrase> common(Ledger ledger) {
        var warnings = new ArrayList<Phrase>();
        if (choice.release().version().isEmpty()) {
            warnings.add(
                    Phrase.of(
                            "nobody knows which version {0} reports, so its version is not"
                                    + " compared",
                            choice.release().name()));
        }
        ledger.lock()
                .ifPresent(lock ->
                        warnings.add(
                                lock.isOfRun()
                                        ? Phrase.of(
                                                "the target is locked since run {0}; this renews"
                                                        + " it",
                                                lock.run())
                                        : Phrase.of(
                                                "the target is locked by {0}: {1}; this renews it",
                                                lock.by(), lock.why())));
        return warnings;
    }

    private static <T> List<T> joined(List<T> first, List<T> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }
}
