package backout.config;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in all files, so that people can mend everything in one go. */
final class Problems {
    private record Found(Place place, Problem problem) {}

    private final List<Found> found = new ArrayList<>();

    void add(Place place, Phrase what, Phrase next) {
        found.add(new Found(place, new Problem(what, place.toString(), next)));
    }

    boolean noneIn(String file) {
        return found.stream().noneMatch(one -> one.place().file().equals(file));
    }

    int count() {
        return found.size();
    }

    /**
     * @throws ProblemException with everything found, ordered by file and line
     */
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        found.sort(
                Comparator.comparing((Found one) -> one.place().file())
                        .thenComparingInt(one -> one.place().line()));
        throw new ProblemException(found.stream().map(Found::problem).toList());
    }
}
