package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image reference, {@code registry/path:tag@digest}, with Docker Hub's short forms filled in
 * ({@code nginx} is {@code docker.io/library/nginx}). Grammar:
 * https://github.com/distribution/reference
 */
public record ImageName(
        String registry, String path, @Nullable String tag, @Nullable String digest) {
    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\."
                        + "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+])(?::[0-9]+)?");
    private static final Pattern PATH =
            Pattern.compile(
                    "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final int MAX_NAME = 255;

    public ImageName {
        require(
                registry.length() < MAX_NAME && REGISTRY.matcher(registry).matches(),
                registry,
                Phrase.of("a registry is host or host:port"));
        require(
                registry.length() + path.length() < MAX_NAME && PATH.matcher(path).matches(),
                path,
                Phrase.of("a repository is lower-case words joined by / . _ -"));
        require(
                tag == null || TAG.matcher(tag).matches(),
                tag,
                Phrase.of("a tag is up to 128 of A-Z a-z 0-9 _ . -"));
        require(
                digest == null || DIGEST.matcher(digest).matches(),
                digest,
                Phrase.of("a digest is sha256: and 64 lower-case hex digits"));
    }

    public static ImageName parse(String text) {
        var at = text.indexOf('@');
        var digest = at < 0 ? null : text.substring(at + 1);
        var name = at < 0 ? text : text.substring(0, at);
        var colon = name.lastIndexOf(':');
        var hasTag = colon > name.lastIndexOf('/');
        var tag = hasTag ? name.substring(colon + 1) : null;
        return inRepository(hasTag ? name.substring(0, colon) : name, tag, digest);
    }

    private static ImageName inRepository(
            String repository, @Nullable String tag, @Nullable String digest) {
        var slash = repository.indexOf('/');
        var first = slash < 0 ? "" : repository.substring(0, slash);
        if (!isRegistry(first)) {
            return new ImageName(
                    DOCKER_HUB, slash < 0 ? "library/" + repository : repository, tag, digest);
        }
        var rest = repository.substring(slash + 1);
        if (first.equals(DOCKER_HUB) || first.equals("index.docker.io")) {
            return new ImageName(
                    DOCKER_HUB, rest.contains("/") ? rest : "library/" + rest, tag, digest);
        }
        return new ImageName(first, rest, tag, digest);
    }

    private static boolean isRegistry(String word) {
        return word.contains(".")
                || word.contains(":")
                || word.equals("localhost")
                || !word.equals(word.toLowerCase(Locale.ROOT));
    }

    public boolean sameRepository(ImageName other) {
        return registry.equals(other.registry) && path.equals(other.path);
    }

    public ImageName withTag(@Nullable String newTag) {
        return new ImageName(registry, path, newTag, digest);
    }

    public ImageName withDigest(@Nullable String newDigest) {
        return new ImageName(registry, path, tag, newDigest);
    }

    /** Without tag and digest, in the short form: {@code nginx}, {@code ghcr.io/me/app}. */
    public String repository() {
        if (!registry.equals(DOCKER_HUB)) {
            return registry + "/" + path;
        }
        return path.startsWith("library/") ? path.substring("library/".length()) : path;
    }

    /**
     * As somebody writes the same repository elsewhere, and by its digest alone where they do: a
     * part of that text can then be changed and the rest stays.
     */
    public String like(String written) {
        var at = written.indexOf('@');
        var named = at < 0 ? written : written.substring(0, at);
        var colon = named.lastIndexOf(':');
        var hasTag = colon > named.lastIndexOf('/');
        var repository = hasTag ? named.substring(0, colon) : named;
        if (inRepository(repository).filter(this::sameRepository).isEmpty()) {
            return toString();
        }
        var byDigest = at >= 0 && !hasTag && digest != null;
        return repository + (byDigest ? "@" + digest : suffix());
    }

    private static Optional<ImageName> inRepository(String text) {
        try {
            return Optional.of(parse(text));
        } catch (ProblemException noName) {
            // Such as what an unset variable leaves of one: then it is written anew
            return Optional.empty();
        }
    }

    /** The short form, as {@code docker image ls} shows it. */
    @Override
    public String toString() {
        return repository() + suffix();
    }

    private String suffix() {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    private static void require(boolean held, @Nullable String seen, Phrase rule) {
        if (!held) {
            throw Problem.stop(Phrase.of("\"{0}\" is no image name", seen), rule);
        }
    }
}
