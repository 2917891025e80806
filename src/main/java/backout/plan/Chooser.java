package backout.plan;

import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Chooses the release to go back to, or finds the one that somebody named; says why. Touches
 * nothing.
 */
public final class Chooser {
    private final Target target;
    private final Ledger ledger;
    private final String current;
    private final Releases releases;

    /**
     * @param current the identity of what runs, which is no release to go back to
     */
    public Chooser(Target target, Ledger ledger, String current, Releases releases) {
        this.target = target;
        this.ledger = ledger;
        this.current = current;
        this.releases = releases;
    }

    /**
     * The last good one; else the one that the configuration names; else a person must pick.
     *
     * @param against why a choice must not be made, of those who are moved by it too
     * @throws ProblemException when a person must pick, or nobody could tell
     */
    public Chosen choose(Function<Chosen, List<Phrase>> against) {
        var passed = new LinkedHashMap<Release, Phrase>();
        for (Release good : ledger.good(current)) {
            Phrase why = Phrase.of("the last one whose checks held: {0}", ran(good));
            Chosen choice = known(good, why);
            List<Phrase> objections = against.apply(choice);
            if (objections.isEmpty()) {
                return choice.warned(passedOver(good.lastSeen(), passed));
            }
            passed.put(good, Phrase.joined("; ", objections));
        }
        Optional<String> named = target.settings().textIfAny("known-good");
        if (named.isPresent()) {
            Chosen choice = configured(named.get());
            if (!choice.release().id().equals(current) && against.apply(choice).isEmpty()) {
                Phrase why = Phrase.of("{0} names it as known good", target.file());
                return choice.because(why).warned(passedOver(Instant.MIN, passed));
            }
        }
        throw new Offers(target, ledger, current, passed).pick();
    }

    private Phrase ran(Release release) {
        Duration time = ledger.ran(release.id());
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? Phrase.of("last seen {0}", release.lastSeen())
                : Phrase.of("ran {0}", time);
    }

    /** What was good and ran after that moment, and is not chosen because it is marked. */
    private List<Phrase> passedOver(Instant after, Map<Release, Phrase> objections) {
        Stream<Phrase> marked =
                ledger.passedOver(current).stream()
                        .filter(release -> release.lastSeen().isAfter(after))
                        .map(release ->
                                Phrase.of(
                                        "{0} was passed over: marked bad because {1}",
                                        release.name(), release.bad()));
        Stream<Phrase> against =
                objections.entrySet().stream()
                        .map(one ->
                                Phrase.of(
                                        "{0} was passed over: {1}",
                                        one.getKey().name(), one.getValue()));
        return Stream.concat(marked, against).toList();
    }

    private Chosen configured(String text) {
        return releases.find(text)
                .map(Chosen::of)
                .orElseThrow(() ->
                        problem(
                                Phrase.of(
                                        "{0}, which {1} names as known good, is neither here"
                                                + " nor where it comes from",
                                        text, target.file()),
                                Phrase.of("name another release")));
    }

    /**
     * The release that somebody named: of the ledger, else what the executor finds by it.
     *
     * @throws ProblemException where it cannot be had: another one must be named
     */
    public Chosen named(String text) {
        try {
            return sought(text);
        } catch (ProblemException e) {
            throw ProblemException.ofWords(e.problems());
        }
    }

    private Chosen sought(String text) {
        List<Release> matches = ledger.called(text);
        if (matches.size() == 1) {
            return refuseCurrent(known(matches.getFirst(), standing(matches.getFirst())));
        }
        if (matches.size() > 1) {
            throw problem(
                    Phrase.of("several releases are called {0}", text),
                    Phrase.of(
                            "name its id: {0}",
                            Phrase.list(matches.stream().map(Release::shortId).toList())));
        }
        Optional<Chosen> found = releases.find(text).map(Chosen::of);
        if (found.isPresent()) {
            return refuseCurrent(
                    found.get().because(Phrase.of("you named it; it was never proven here")));
        }
        List<String> known = ledger.releases().stream().map(ledger::sayable).distinct().toList();
        throw problem(
                Phrase.of("there is no release \"{0}\" of it", text),
                known.isEmpty()
                        ? Phrase.of("known: none yet")
                        : Nearest.to(text, known)
                                .map(near -> Phrase.of("did you mean {0}? known: {1}", near, known))
                                .orElseGet(() -> Phrase.of("known: {0}", known)));
    }

    private static Phrase standing(Release release) {
        return switch (release.standing()) {
            case GOOD -> Phrase.of("you named it; its checks held");
            case NEVER_PROVEN -> Phrase.of("you named it; it was never proven");
            case BAD -> Phrase.of("you named it; it is marked BAD: {0}", release.bad());
        };
    }

    private Chosen known(Release release, Phrase why) {
        return Chosen.of(releases.again(release)).because(why);
    }

    private Chosen refuseCurrent(Chosen choice) {
        if (choice.identity().equals(current)) {
            throw problem(
                    Phrase.of("release {0} is what runs now", choice.release().name()),
                    Phrase.of("name another one"));
        }
        return choice;
    }

    private ProblemException problem(Phrase what, Phrase next) {
        return Problem.stop(what, target.name().toString(), next);
    }
}
