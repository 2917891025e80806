package backout.docker;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Releases that are images: of this machine, or of their registry. Touches nothing. */
public final class ImageReleases implements Releases {
    private static final Duration REGISTRY_WITHIN = Duration.ofSeconds(10);

    private final Engine engine;
    private final Registries registries;
    private final Target target;
    private final Ledger ledger;
    private final String current;
    private final Instant now;
    private final List<ImageName> repositories;

    /**
     * @param current the identity of what runs, which is no release to go back to
     */
    public ImageReleases(
            Engine engine,
            Registries registries,
            Target target,
            Ledger ledger,
            String current,
            Instant now) {
        this.engine = engine;
        this.registries = registries;
        this.target = target;
        this.ledger = ledger;
        this.current = current;
        this.now = now;
        this.repositories =
                target.settings().texts("images").stream().map(ImageName::parse).toList();
    }

    @Override
    public Had again(Release release) {
        Optional<Image> local = here(release.id());
        ImageName name = ImageName.parse(release.source());
        if (local.isPresent()) {
            String text = ImageText.of(engine, local.get(), name);
            return new Had(release, text, release.id(), true);
        }
        if (name.digest() == null) {
            throw problem(
                    Phrase.of(
                            "the image of release {0} is gone and was never in a registry: {1}",
                            release.name(), release.source()),
                    Phrase.of("name another release, or load the image again"));
        }
        if (inRegistry(List.of(name)).isEmpty()) {
            throw problem(
                    Phrase.of(
                            "the image of release {0} is neither here nor in its registry: {1}",
                            release.name(), name),
                    Phrase.of("name another release, or load the image again"));
        }
        return new Had(release, release.source(), release.id(), false);
    }

    @Override
    public Optional<Had> find(String text) {
        return find(images(text));
    }

    /** The image of that name; empty where it is neither here nor in its registry. */
    public Optional<Had> find(ImageName name) {
        return find(List.of(name));
    }

    /** What is here is taken before any registry is asked; one that is silent is no refusal. */
    private Optional<Had> find(List<ImageName> names) {
        for (ImageName name : names) {
            Optional<Image> local = here(name.toString());
            if (local.isPresent()) {
                Release known =
                        ledger.release(local.get().id())
                                .orElseGet(() -> release(local.get(), name));
                return Optional.of(again(known));
            }
        }
        return inRegistry(names).map(this::remote);
    }

    private Had remote(ImageName name) {
        String identity = name.withTag(null).toString();
        String tag = Optional.ofNullable(name.tag()).orElse("");
        var release = Release.found(identity, name.toString(), tag, "", now);
        return new Had(release, name.toString(), identity, false);
    }

    private Release release(Image image, ImageName name) {
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return Release.found(image.id(), ImageText.of(image, name), tag, "", now);
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

    private ProblemException problem(Phrase what, Phrase next) {
        return Problem.stop(what, target.name().toString(), next);
    }

    /** By id, tag or digest. */
    public Optional<Image> here(String reference) {
        return engine.images().find(reference);
    }

    /**
     * The first of them that its registry has, by its digest; empty when none is in any.
     *
     * @throws ProblemException when a registry did not say
     */
    public Optional<ImageName> inRegistry(List<ImageName> names) {
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
