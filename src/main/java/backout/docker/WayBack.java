package backout.docker;

import backout.language.Phrase;
import backout.plan.Release;
import backout.plan.Target;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Keeps the images of good releases on this machine, and says when one can be had no more. */
public final class WayBack {
    private static final Duration REGISTRY_WITHIN = Duration.ofSeconds(10);

    /** Registries count how often they are asked. */
    private static final Duration ASK_EVERY = Duration.ofMinutes(10);

    private final Engine engine;
    private final Registries registries;
    private final Cache<String, RegistryAnswer> answers;

    public WayBack(Engine engine, Registries registries, LongSupplier nanos) {
        this.engine = engine;
        this.registries = registries;
        this.answers =
                Caffeine.newBuilder()
                        .maximumSize(1_000)
                        .expireAfterWrite(ASK_EVERY)
                        .ticker(nanos::getAsLong)
                        .build();
    }

    /** Gives the image a tag of its own; nothing to do where it has one. */
    public void protect(Target target, String id, String image) {
        var named = ImageName.parse(image);
        boolean known =
                target.settings().texts("images").stream()
                        .map(ImageName::parse)
                        .anyMatch(named::sameRepository);
        var name = known ? named : first(target);
        ImageName tag = ImageText.protective(id, name);
        Optional<Image> here = engine.images().find(id);
        if (here.isPresent() && engine.images().find(tag.toString()).isEmpty()) {
            engine.images().tag(id, tag);
        }
    }

    /** Tags are only tidied up in the repositories that the target names. */
    private static ImageName first(Target target) {
        return ImageName.parse(target.settings().texts("images").getFirst());
    }

    /** Why the release's image cannot be had; empty when it can. */
    public Optional<Phrase> lost(Release release) {
        if (engine.images().find(release.id()).isPresent()) {
            return Optional.empty();
        }
        ImageName name = ImageName.parse(release.source());
        if (name.digest() == null) {
            return Optional.of(
                    Phrase.of("its image is gone from this machine and was never in a registry"));
        }
        RegistryAnswer answer =
                answers.get(release.source(), _ -> registries.ask(name, REGISTRY_WITHIN));
        return switch (answer) {
            case RegistryAnswer.Has _ -> Optional.empty();
            case RegistryAnswer.HasNot _ ->
                    Optional.of(Phrase.of("its image is neither here nor in its registry"));
            case RegistryAnswer.NotAllowed _ ->
                    Optional.of(
                            Phrase.of(
                                    "its image is not here, and {0} does not let this host look"
                                            + " for it",
                                    name.registry()));
            case RegistryAnswer.Silent _ ->
                    Optional.of(
                            Phrase.of(
                                    "its image is not here, and {0} does not answer",
                                    name.registry()));
        };
    }
}
