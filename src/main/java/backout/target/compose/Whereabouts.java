package backout.target.compose;

import backout.docker.Engine;
import backout.docker.Image;
import backout.docker.ImageName;
import backout.docker.Registries;
import backout.docker.RegistryAnswer;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where an image can be had from: this machine, its registry, or nowhere. Touches nothing. */
final class Whereabouts {
    private static final Duration REGISTRY_WITHIN = Duration.ofSeconds(10);

    private final Engine engine;
    private final Registries registries;
    private final Target target;
    private final Ledger ledger;
    private final String current;

    /**
     * @param current the identity of what runs, which is no release to go back to
     */
    Whereabouts(
            Engine engine, Registries registries, Target target, Ledger ledger, String current) {
        this.engine = engine;
        this.registries = registries;
        this.target = target;
        this.ledger = ledger;
        this.current = current;
    }

    /** By id, tag or digest. */
    Optional<Image> here(String reference) {
        return engine.images().find(reference);
    }

    /**
     * The first of them that its registry has, by its digest; empty when none is in any.
     *
     * @throws ProblemException when a registry did not say
     */
    Optional<ImageName> inRegistry(List<ImageName> names) {
        var untold = new ArrayList<Problem>();
        for (ImageName name : names) {
            RegistryAnswer answer = registries.ask(name, REGISTRY_WITHIN);
            if (answer instanceof RegistryAnswer.Has(String digest)) {
                return Optional.of(name.withDigest(digest));
            }
            untold(answer, name).ifPresent(untold::add);
        }
        if (!untold.isEmpty()) {
            throw new ProblemException(untold);
        }
        return Optional.empty();
    }

    private Optional<Problem> untold(RegistryAnswer answer, ImageName name) {
        String registry = name.registry();
        Phrase pull = Phrase.of("docker pull {0}", name);
        return switch (answer) {
            case RegistryAnswer.Has _, RegistryAnswer.HasNot _ -> Optional.empty();
            case RegistryAnswer.NotAllowed(Phrase said) ->
                    Optional.of(
                            new Problem(
                                    Phrase.of(
                                            "{0} is not here, and the registry {1} does not let"
                                                    + " this host look: {2}",
                                            name, registry, said),
                                    target.name().toString(),
                                    Phrase.of(
                                            "log in as the user that the bot runs as: docker login"
                                                    + " {0}; or fetch it by hand: {1}; then ask"
                                                    + " again. {2}",
                                            registry, pull, releases())));
            case RegistryAnswer.Silent(Phrase said) ->
                    Optional.of(
                            new Problem(
                                    Phrase.of(
                                            "{0} is not here, and the registry {1} is down or"
                                                    + " cannot be reached: {2}",
                                            name, registry, said),
                                    target.name().toString(),
                                    Phrase.of(
                                            "ask again when it answers: {0}. {1}",
                                            pull, releases())));
        };
    }

    /** The releases that need no registry, as they would be typed. */
    private Phrase releases() {
        List<Phrase> names =
                ledger.releases().stream()
                        .filter(release -> !release.id().equals(current))
                        .filter(release -> here(release.id()).isPresent())
                        .map(this::typed)
                        .toList();
        return names.isEmpty()
                ? Phrase.of("No release of it is on this machine")
                : Phrase.of("These are on this machine: {0}", Phrase.list(names));
    }

    private Phrase typed(Release release) {
        Phrase standing =
                switch (release.standing()) {
                    case GOOD -> Phrase.of("good");
                    case NEVER_PROVEN -> Phrase.of("never proven");
                    case BAD -> Phrase.of("marked bad");
                };
        return Phrase.of(
                "{0} {1} to {2} ({3})",
                target.name().kind(), target.name().name(), release.name(), standing);
    }
}
