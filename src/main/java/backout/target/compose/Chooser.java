package backout.target.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.Registries;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Release.Standing;
import backout.plan.Target;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.target.compose.file.ImageName;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
final class Chooser {
    private final Engine engine;
    private final Whereabouts whereabouts;
    private final Target target;
    private final Ledger ledger;
    private final String current;
    private final Instant now;
    private final List<ImageName> repositories;

    Chooser(
            Engine engine,
            Registries registries,
            Target target,
            Ledger ledger,
            String current,
            Instant now) {
        this.engine = engine;
        this.whereabouts = new Whereabouts(engine, registries, target, ledger, current);
        this.target = target;
        this.ledger = ledger;
        this.current = current;
        this.now = now;
        this.repositories =
                target.settings().texts("images").stream().map(ImageName::parse).toList();
    }

    /**
     * The last good one; else the one that the configuration names; else a person must pick.
     *
     * @param against why a choice must not be made, of those who are moved by it too
     */
    Choice choose(Function<Choice, List<Phrase>> against) {
        var passed = new LinkedHashMap<Release, Phrase>();
        for (Release good : ledger.good(current)) {
            Phrase why = Phrase.of("the last one whose checks held: {0}", ran(good));
            Choice choice = known(good, why);
            List<Phrase> objections = against.apply(choice);
            if (objections.isEmpty()) {
                return warned(choice, passedOver(good.lastSeen(), passed));
            }
            passed.put(good, Phrase.joined("; ", objections));
        }
        Optional<String> named = target.settings().textIfAny("known-good");
        if (named.isPresent()) {
            Choice choice = image(ImageName.parse(named.get()));
            if (!choice.release().id().equals(current) && against.apply(choice).isEmpty()) {
                Phrase why = Phrase.of("{0} names it as known good", target.file());
                return warned(because(choice, why), passedOver(Instant.MIN, passed));
            }
        }
        throw new Offers(target, ledger, current, passed).pick();
    }

    private Phrase ran(Release release) {
        Duration time = ledger.ran(release.id());
        Phrase seen = Phrase.of("last seen {0}", Say.ago(release.lastSeen(), now));
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? seen
                : Phrase.of("ran {0}, {1}", time, seen);
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

    private static Choice warned(Choice choice, List<Phrase> more) {
        var all = new ArrayList<>(choice.warnings());
        all.addAll(more);
        return new Choice(
                choice.release(),
                choice.image(),
                choice.identity(),
                choice.isLocal(),
                choice.why(),
                all);
    }

    /**
     * The release that somebody named: of the ledger, else a tag or digest of the repositories that
     * are listed.
     *
     * @throws ProblemException where it cannot be had: another one must be named
     */
    Choice named(String text) {
        try {
            return sought(text);
        } catch (ProblemException e) {
            throw ProblemException.ofWords(e.problems());
        }
    }

    private Choice sought(String text) {
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
        Optional<Choice> found = find(images(text));
        if (found.isPresent()) {
            return refuseCurrent(
                    because(found.get(), Phrase.of("you named it; it was never proven here")));
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

    /** What the text can mean in the repositories that this target may run, and in no other. */
    private List<ImageName> images(String text) {
        if (text.startsWith("sha256:")) {
            return repositories.stream().map(repository -> repository.withDigest(text)).toList();
        }
        if (!text.contains("/") && !text.contains(":") && !text.contains("@")) {
            return repositories.stream().map(repository -> repository.withTag(text)).toList();
        }
        ImageName name = ImageName.parse(text);
        if (repositories.stream().noneMatch(name::sameRepository)) {
            throw problem(
                    Phrase.of(
                            "{0} is not a repository that this target may run", name.repository()),
                    Phrase.of("allowed: {0}", Phrase.list(target.settings().texts("images"))));
        }
        return List.of(name.tag() == null && name.digest() == null ? name.withTag("latest") : name);
    }

    private Choice image(ImageName name) {
        return find(List.of(name))
                .orElseThrow(() ->
                        problem(
                                Phrase.of("image {0} is neither here nor in its registry", name),
                                Phrase.of("name another release")));
    }

    /** The image of that name, here or in its registry; empty where it is in neither. */
    Optional<Choice> find(ImageName name) {
        return find(List.of(name));
    }

    /** What is here is taken before any registry is asked; one that is silent is no refusal. */
    private Optional<Choice> find(List<ImageName> names) {
        for (ImageName name : names) {
            Optional<Image> local = whereabouts.here(name.toString());
            if (local.isPresent()) {
                Release known =
                        ledger.release(local.get().id())
                                .orElseGet(() -> release(local.get(), name));
                return Optional.of(known(known, Phrase.NONE));
            }
        }
        return whereabouts.inRegistry(names).map(this::remote);
    }

    private Choice remote(ImageName name) {
        String identity = name.withTag(null).toString();
        String tag = Optional.ofNullable(name.tag()).orElse("");
        var release = new Release(identity, name.toString(), tag, "", now, now, null, null, null);
        return new Choice(release, name.toString(), identity, false, Phrase.NONE, List.of());
    }

    private Release release(Image image, ImageName name) {
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return new Release(
                image.id(), ImageText.of(image, name), tag, "", now, now, null, null, null);
    }

    private Choice known(Release release, Phrase why) {
        Optional<Image> local = whereabouts.here(release.id());
        var warnings = new ArrayList<Phrase>();
        if (release.standing() == Standing.BAD) {
            warnings.add(
                    Phrase.of("release {0} is marked bad: {1}", release.name(), release.bad()));
        }
        if (release.standing() == Standing.GOOD && !release.remarks().isEmpty()) {
            warnings.add(Phrase.of("release {0} is {1}", release.name(), Say.good(release)));
        }
        if (release.standing() == Standing.NEVER_PROVEN) {
            warnings.add(Phrase.of("release {0} was never proven here", release.name()));
        }
        if (local.isPresent()) {
            String text = ImageText.of(engine, local.get(), ImageName.parse(release.image()));
            return new Choice(release, text, release.id(), true, why, warnings);
        }
        ImageName name = ImageName.parse(release.image());
        if (name.digest() == null) {
            throw problem(
                    Phrase.of(
                            "the image of release {0} is gone and was never in a registry: {1}",
                            release.name(), release.image()),
                    Phrase.of("name another release, or load the image again"));
        }
        if (whereabouts.inRegistry(List.of(name)).isEmpty()) {
            throw problem(
                    Phrase.of(
                            "the image of release {0} is neither here nor in its registry: {1}",
                            release.name(), name),
                    Phrase.of("name another release, or load the image again"));
        }
        return new Choice(release, release.image(), release.id(), false, why, warnings);
    }

    private Choice refuseCurrent(Choice choice) {
        if (choice.identity().equals(current)) {
            throw problem(
                    Phrase.of("release {0} is what runs now", choice.release().name()),
                    Phrase.of("name another one"));
        }
        return choice;
    }

    private static Choice because(Choice choice, Phrase why) {
        return new Choice(
                choice.release(),
                choice.image(),
                choice.identity(),
                choice.isLocal(),
                why,
                choice.warnings());
    }

    private ProblemException problem(Phrase what, Phrase next) {
        return new ProblemException(new Problem(what, target.name().toString(), next));
    }
}
