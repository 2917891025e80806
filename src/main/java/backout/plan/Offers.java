package backout.plan;

import backout.language.Phrase;
import backout.plan.Release.Standing;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a person may choose from where nothing is good by itself.
 *
 * @param objections why good ones are not chosen
 */
record Offers(Target target, Ledger ledger, String current, Map<Release, Phrase> objections) {
    /** That a person must pick, from which releases, and why none was taken. */
    ProblemException pick() {
        List<Release> marked = ledger.passedOver(current);
        List<Phrase> names =
                Stream.concat(ledger.candidates(current).stream(), marked.stream())
                        .map(this::offered)
                        .toList();
        Phrase next =
                names.isEmpty()
                        ? Phrase.of(
                                "name one: {0} {1} to TAG; once serve has seen another release run,"
                                        + " it is offered here",
                                target.name().kind(), target.name().name())
                        : Phrase.of("pick one yourself: {0}", Phrase.list(names));
        return Problem.stop(
                marked.isEmpty() && objections.isEmpty()
                        ? none()
                        : objections.isEmpty()
                                ? Phrase.of("no release of it is good: what was is marked bad")
                                : Phrase.joined("; ", List.copyOf(objections.values())),
                target.name().toString(),
                next);
    }

    private Phrase none() {
        return ledger.release(current)
                .filter(running -> running.standing() == Standing.GOOD)
                .map(running ->
                        Phrase.of(
                                "no other release than the running {0} is known to be good",
                                running.name()))
                .orElse(Phrase.of("no release of it is proven good yet"));
    }

    private Phrase offered(Release release) {
        String kind = target.name().kind();
        String name = target.name().name();
        String said = ledger.sayable(release);
        Phrase objection = objections.get(release);
        if (objection != null) {
            return Phrase.of("{0} {1} to {2} (good, but {3})", kind, name, said, objection);
        }
        return release.standing() == Standing.BAD
                ? Phrase.of(
                        "{0} {1} to {2} (it was good, and is marked bad: {3}; if it is not: mark"
                                + " good {4} of {5} because REASON)",
                        kind, name, said, release.bad(), said, name)
                : Phrase.of(
                        "{0} {1} to {2} (never proven, {3})", kind, name, said, release.source());
    }
}
