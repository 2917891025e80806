package backout.plan;

import backout.language.Phrase;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What will be done, frozen. Approval binds to {@link #hash()}, which covers the steps, the checks,
 * the order of the undo, the warnings and what will not be undone, but not the estimates or how it
 * is told.
 *
 * @param from the release that runs now, as people are shown it
 * @param to the release that will run
 * @param why why this release: "the last one whose checks held, ran 6 d"
 * @param steps prepare steps first, then switch steps, in the order in which they are done
 * @param undo the indexes of the switch steps in the order in which an undo takes them back
 * @param checks what proves it, each one line of the check language with its placeholders filled
 * @param facts what people read besides: expected downtime, data risk, stop grace; label and value
 * @param warnings what people should know before they say yes
 * @param willNotUndo what stays as it is even when the rollback is undone
 * @param undoChecks what proves after an undo that the former release runs again: the same checks,
 *     filled for that one; empty in older journals
 * @param along other targets whose services are moved with it; empty in older journals
 * @param more what it does to further targets that it was asked for, in the order in which they are
 *     switched; the first target's part stands in the fields above
 */
public record Plan(
        TargetName target,
        String command,
        Shown from,
        Shown to,
        Phrase why,
        List<Step> steps,
        List<Integer> undo,
        List<String> checks,
        List<Fact> facts,
        List<Phrase> warnings,
        List<Phrase> willNotUndo,
        List<String> undoChecks,
        List<Along> along,
        List<Part> more) {
    /**
     * A release as people are shown it; {@code identity} is what the plan stands on, {@code name}
     * what they know.
     */
    public record Shown(String identity, String name, Phrase age) {}

    /**
     * One line of the plan beside its steps: "expected downtime", "about 1 s + up to 3 s drain".
     */
    public record Fact(Phrase label, Phrase value) {
        /** How long nobody is served. */
        public static final Phrase DOWNTIME = Phrase.of("expected downtime");

        /** How long it takes, as it was learned. */
        public static final Phrase TIME = Phrase.of("expected time");

        /** What becomes of the data. */
        public static final Phrase DATA = Phrase.of("data");

        /** How the service is now. */
        public static final Phrase SERVICE = Phrase.of("the service");

        /** Why a list of who is on call may not be the right one. */
        public static final Phrase ON_CALL = Phrase.of("on call");
    }

    /** A target that is moved by it, from one release to another. */
    public record Along(TargetName target, Shown from, Shown to) {}

    /** One of which nobody said yet what proves its undo. */
    public Plan(
            TargetName target,
            String command,
            Shown from,
            Shown to,
            Phrase why,
            List<Step> steps,
            List<Integer> undo,
            List<String> checks,
            List<Fact> facts,
            List<Phrase> warnings,
            List<Phrase> willNotUndo) {
        this(
                target,
                command,
                from,
                to,
                why,
                steps,
                undo,
                checks,
                facts,
                warnings,
                willNotUndo,
                List.of(),
                List.of(),
                List.of());
    }

    public Plan {
        steps = List.copyOf(steps);
        undo = List.copyOf(undo);
        checks = List.copyOf(checks);
        facts = List.copyOf(facts);
        warnings = List.copyOf(warnings);
        willNotUndo = List.copyOf(willNotUndo);
        undoChecks = List.copyOf(undoChecks);
        along = List.copyOf(along);
        more = List.copyOf(more);
        var sorted = steps.stream().map(Step::phase).sorted().toList();
        if (!sorted.equals(steps.stream().map(Step::phase).toList())) {
            throw new IllegalArgumentException("prepare steps come before switch steps");
        }
        if (!undo.stream().sorted().toList().equals(indexes(steps, Phase.SWITCH))) {
            throw new IllegalArgumentException("the undo order must name each switch step once");
        }
    }

    /** The same, with what proves its undo. */
    public Plan provingUndoBy(List<String> lines) {
        return new Plan(
                target,
                command,
                from,
                to,
                why,
                steps,
                undo,
                checks,
                facts,
                warnings,
                willNotUndo,
                lines,
                along,
                more);
    }

    /** The same, with the targets that are moved by it besides its own. */
    public Plan moving(List<Along> others) {
        return new Plan(
                target,
                command,
                from,
                to,
                why,
                steps,
                undo,
                checks,
                facts,
                warnings,
                willNotUndo,
                undoChecks,
                others,
                more);
    }

    /**
     * Plans of several targets as one: everything is prepared before anything is switched, targets
     * are switched in their order, and an undo takes back the last one first.
     *
     * @param plans at least one
     */
    public static Plan inOrder(List<Plan> plans) {
        return JoinedPlan.of(plans);
    }

    /** What it does to each target that it was asked for, in the order of their switch. */
    public List<Part> parts() {
        var own = new Part(target, from, to, why, checks, undoChecks);
        return Stream.concat(Stream.of(own), more.stream()).toList();
    }

    /** Those whose target is switched before this one. */
    public List<Part> partsBefore(TargetName later) {
        return parts().stream().takeWhile(part -> !part.target().equals(later)).toList();
    }

    /** The same as if it were about that part alone; it is never run, only proven. */
    public Plan of(Part part) {
        if (more.isEmpty()) {
            return this;
        }
        var own = new ArrayList<Step>();
        var places = new HashMap<Integer, Integer>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).target().equals(part.target())) {
                places.put(i, own.size());
                own.add(steps.get(i));
            }
        }
        return new Plan(
                part.target(),
                command,
                part.from(),
                part.to(),
                part.why(),
                own,
                undo.stream().filter(places::containsKey).map(places::get).toList(),
                part.checks(),
                facts,
                warnings,
                willNotUndo,
                part.undoChecks(),
                List.of(),
                List.of());
    }

    /** All targets that it moves: those that it was asked for first. */
    public List<Along> moves() {
        Stream<Along> own =
                parts().stream().map(part -> new Along(part.target(), part.from(), part.to()));
        return Stream.concat(own, along.stream()).toList();
    }

    /** What it does to this target; empty where it leaves that alone. */
    public Optional<Along> move(TargetName one) {
        return moves().stream().filter(moved -> moved.target().equals(one)).findFirst();
    }

    /** The same, with one more line that people read first; its hash does not change. */
    public Plan telling(Fact first) {
        return new Plan(
                target,
                command,
                from,
                to,
                why,
                steps,
                undo,
                checks,
                Stream.concat(Stream.of(first), facts.stream()).toList(),
                warnings,
                willNotUndo,
                undoChecks,
                along,
                more);
    }

    /** The same, where there is one. */
    public Plan telling(Optional<Fact> first) {
        return first.map(this::telling).orElse(this);
    }

    /** Whether what is rolled back does not run at all: an undo then takes it down again. */
    public boolean isFromNothing() {
        return steps.stream().anyMatch(step -> step.from().equals(Step.NOTHING));
    }

    /** Whether the same release runs before and after: what it changes is something else of it. */
    public boolean keepsRelease() {
        return more.isEmpty() && from.identity().equals(to.identity());
    }

    /** Indexes into {@link #steps} of one phase, in order. */
    public List<Integer> indexes(Phase phase) {
        return indexes(steps, phase);
    }

    private static List<Integer> indexes(List<Step> steps, Phase phase) {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).phase() == phase)
                .boxed()
                .toList();
    }

    /**
     * Twelve hexadecimal digits over everything that will be done and checked, and what people are
     * warned of.
     */
    public String hash() {
        return PlanHash.of(this);
    }

    /** Whether that is its hash, or the one that it had while warnings did not count. */
    public boolean isMeantBy(String hash) {
        return hash.equals(hash()) || hash.equals(PlanHash.withoutWarnings(this));
    }
}
