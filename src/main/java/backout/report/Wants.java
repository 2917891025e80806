package backout.report;

import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.TargetName;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody wants to hear, of which targets.
 *
 * @param targets their names, or {@code compose/*} for all of a kind; none for all there are
 */
public record Wants(Set<Happening> what, List<String> targets) {
    private static final String ALL = "/*";

    public static final Wants EVERYTHING = new Wants(Set.copyOf(Happening.ANNOUNCED), List.of());

    public Wants {
        what = Set.copyOf(what);
        targets = List.copyOf(targets);
    }

    /**
     * @param words those of {@link Happening}
     * @throws ProblemException when there is no such word
     */
    public static Wants of(Collection<String> words, Collection<String> targets) {
        Set<Happening> what = EnumSet.noneOf(Happening.class);
        words.forEach(word -> what.add(Happening.of(word).orElseThrow(() -> unknown(word))));
        return new Wants(what, List.copyOf(targets));
    }

    private static ProblemException unknown(String word) {
        Phrase all = Phrase.of("What can be told: {0}", Phrase.list(Happening.words()));
        return Problem.stop(
                Phrase.of("nothing that can be told is called \"{0}\"", Shown.of(word)),
                Nearest.to(word, Happening.words())
                        .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", near, all))
                        .orElse(all));
    }

    /** Whether what happened to one of these is heard. */
    public boolean hears(Happening happening, Collection<TargetName> about) {
        return what.contains(happening) && isOf(about);
    }

    /** Whether anything of one of these is heard; what is about the whole site is about each. */
    boolean isOf(Collection<TargetName> about) {
        return targets.isEmpty()
                || about.contains(Freeze.SITE)
                || about.stream().anyMatch(this::isNamed);
    }

    private boolean isNamed(TargetName target) {
        return targets.stream()
                .anyMatch(
                        name -> name.equals(target.toString()) || name.equals(target.kind() + ALL));
    }

    /** Those of its targets that are none of {@code known}. */
    public List<String> strangers(Collection<TargetName> known) {
        return targets.stream()
                .filter(name ->
                        known.stream()
                                .noneMatch(target ->
                                        name.equals(target.toString())
                                                || name.equals(target.kind() + ALL)))
                .toList();
    }
}
