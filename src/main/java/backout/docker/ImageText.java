package backout.docker;

import java.util.Optional;

/**
 * How a compose file names an image so that the name cannot move: with its digest where it has one.
 */
public final class ImageText {
    private ImageText() {}

    /**
     * {@code repo:tag@sha256:…} when a registry knows the image by this repository, else as it was
     * named.
     */
    public static String of(Image image, ImageName name) {
        return digest(image, name)
                .map(digest -> name.withDigest(digest).toString())
                .orElse(name.withDigest(null).toString());
    }

    private static Optional<String> digest(Image image, ImageName name) {
        return image.digests().stream()
                .map(ImageName::parse)
                .filter(known -> known.sameRepository(name))
                .flatMap(known -> Optional.ofNullable(known.digest()).stream())
                .findFirst();
    }

    /**
     * As above; an image that no registry knows is named by its tag while that tag means it, else
     * by the protective tag that preparing gives it. {@code latest} is made to be moved: never by
     * it.
     */
    public static String of(Engine engine, Image image, ImageName name) {
        if (digest(image, name).isPresent()) {
            return of(image, name);
        }
        String tagged = name.withDigest(null).toString();
        boolean stillMeant =
                name.tag() != null
                        && !name.tag().equals("latest")
                        && engine.images()
                                .find(tagged)
                                .map(Image::id)
                                .filter(image.id()::equals)
                                .isPresent();
        return stillMeant ? tagged : protective(image.id(), name).toString();
    }

    /** The local tag that keeps an image from being pruned: {@code repo:backout-1a2b3c4d5e6f}. */
    public static ImageName protective(String imageId, ImageName name) {
        String hex = imageId.substring(imageId.indexOf(':') + 1);
        return name.withDigest(null).withTag("backout-" + hex.substring(0, 12));
    }
}
