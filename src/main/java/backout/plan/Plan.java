package backout.plan;

import backout.language.Phrase;
import backout.plan.Step.Phase;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
        List<Along> along) {
    /**
     * A release as people are shown it; {@code identity} is what the plan stands on, {@code name}
     * what they know.
     */
    public record Shown(String identity, String name, Phrase age) {}

    /**
     * One line of the plan beside its steps: "expected downtime", "about 1 s + up to 3 s drain".
     */
    public record Fact(Phrase label, Phrase value) {}

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
                along);
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
                others);
    }

    /** All targets that it moves, its own first. */
    public List<Along> moves() {
        return Stream.concat(Stream.of(new Along(target, from, to)), along.stream()).toList();
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
                along);
    }

    /** Whether what is rolled back does not run at all: an undo then takes it down again. */
    public boolean isFromNothing() {
        return steps.stream().anyMatch(step -> step.from().equals(Step.NOTHING));
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
        var text = done();
        said(text, warnings);
        said(text, willNotUndo);
        return digits(text);
    }

    /** Whether that is its hash, or the one that it had while warnings did not count. */
    public boolean isMeantBy(String hash) {
        return hash.equals(hash()) || hash.equals(digits(done()));
    }

    private StringBuilder done() {
        var text = new StringBuilder();
        part(text, target.toString());
        count(text, steps);
        for (Step step : steps) {
            part(text, step.action());
            part(text, step.target().toString());
            part(text, step.phase().name());
            part(text, step.from());
            part(text, step.to());
            count(text, step.with().keySet());
            new TreeMap<>(step.with()).forEach((key, value) -> part(part(text, key), value));
        }
        count(text, undo);
        undo.forEach(index -> part(text, index.toString()));
        checks.forEach(check -> part(text, check));
        return text;
    }

    private static String digits(StringBuilder text) {
        return Sha256.of(text.toString()).substring(0, 12);
    }

    /** What a phrase is made of, for how its values are worded may change with the version. */
    private static void said(StringBuilder text, Object value) {
        switch (value) {
            case Phrase phrase -> said(part(text, phrase.template()), phrase.values());
            case List<?> list -> {
                count(text, list);
                list.forEach(one -> said(text, one));
            }
            default -> part(text, value.toString());
        }
    }

    /** Counts keep the end of one list from being read as the beginning of the next. */
    private static void count(StringBuilder text, Collection<?> list) {
        text.append(list.size()).append(';');
    }

    /** Lengths keep two parts from being read as one. */
    private static StringBuilder part(StringBuilder text, String part) {
        return text.append(part.length()).append(':').append(part);
    }
}
