package backout.docker;

import backout.language.Phrase;
import backout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The engine's images. */
public final class Images {
    private final Wire wire;

    Images(Wire wire) {
        this.wire = wire;
    }

    /** By id, tag or digest; empty when it is not here, or when nothing can have that name. */
    public Optional<Image> find(String reference) {
        var ask =
                Ask.get(
                        "/images/" + Ask.path(reference) + "/json",
                        Phrase.of("describe image {0}", reference));
        var answer = wire.answer(ask);
        if (answer.status() == 404 || isNoName(answer)) {
            return Optional.empty();
        }
        return Optional.of(Image.of(Engine.succeed(ask, answer).json()));
    }

    private static boolean isNoName(Answer answer) {
        return answer.status() == 400 && answer.body().contains("invalid reference format");
    }

    /** What the registry has under this name; asked by the engine, nothing is pulled. */
    RegistryAnswer remote(ImageName name, @Nullable RegistryLogin login, Duration within) {
        var path = "/distribution/" + Ask.path(name.toString()) + "/json";
        var ask = as(login, Ask.get(path, Phrase.of("ask the registry for {0}", name)));
        try {
            return RegistryWords.read(wire.answer(ask, within));
        } catch (ProblemException late) {
            if (Thread.currentThread().isInterrupted()) {
                throw late;
            }
            // The engine itself answered a moment ago: it waits for the registry
            return new RegistryAnswer.Silent(late.problem().what());
        }
    }

    /** All local names of this form with the ids of their images: {@code app:backout-*}. */
    public Map<String, String> tagged(String form) {
        var filter = Json.object();
        filter.set("reference", Json.array(List.of(form)));
        var ask =
                Ask.get(
                        "/images/json?filters=" + Ask.query(filter.toString()),
                        Phrase.of("list images named {0}", form));
        var found = new TreeMap<String, String>();
        for (var image : Engine.succeed(ask, wire.answer(ask)).json()) {
            Json.texts(image.path("RepoTags"))
                    .forEach(tag -> found.put(tag, Json.text(image, "Id")));
        }
        return found;
    }

    /** Adds a name to an image; moves the name when it was another image's. */
    public void tag(String image, ImageName name) {
        var path =
                "/images/"
                        + Ask.path(image)
                        + "/tag?repo="
                        + Ask.query(name.repository())
                        + "&tag="
                        + Ask.query(Objects.requireNonNullElse(name.tag(), "latest"));
        var ask = Ask.post(path, Phrase.of("tag {0} as {1}", image, name));
        Engine.succeed(ask, wire.answer(ask));
    }

    /**
     * Takes a tag away from its image, never the image itself.
     *
     * @return false when the tag stays, because it is the image's only one: the engine would delete
     *     the image with it. True when the tag is gone, also when it was gone before
     */
    public boolean untag(ImageName name) {
        var reference = name.toString();
        var image = find(reference);
        if (image.isEmpty()) {
            return true;
        }
        if (!image.get().tags().contains(reference)) {
            throw new IllegalArgumentException(
                    reference + " is not written as the engine writes it");
        }
        if (image.get().tags().size() < 2) {
            return false;
        }
        var ask =
                Ask.delete(
                        "/images/" + Ask.path(reference) + "?force=false&noprune=true",
                        Phrase.of("remove the tag {0}", reference));
        var answer = wire.answer(ask);
        if (answer.status() != 404) {
            Engine.succeed(ask, answer);
        }
        return true;
    }

    private static Ask as(@Nullable RegistryLogin login, Ask ask) {
        return login == null ? ask : ask.header("X-Registry-Auth", login.header());
    }
}
