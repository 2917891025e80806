package backout.docker;

import java.util.Map;
import java.util.Set;

/**
 * What is wanted: the container of this name, as it is, but from another image.
 *
 * @param op tells this exchange from every other one; part of the kept container's name and a label
 *     of the new one
 * @param container its name
 * @param imageId {@code sha256:…} of a local image: the identity of what will run
 * @param imageName what the new container says that it was made from; must mean that image now
 * @param labels put over the former container's labels, as in {@code
 *     com.docker.compose.config-hash}
 * @param own what the container's maker gave it, even where the old image says the same: {@code
 *     User}, {@code Env.LEVEL}, {@code Labels.team}, {@code Healthcheck.Test}; see {@link
 *     RecipeConfig}
 */
public record SwapOrder(
        String op,
        String container,
        String imageId,
        String imageName,
        Map<String, String> labels,
        Set<String> own) {
    public SwapOrder {
        if (!op.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
            throw new IllegalArgumentException("cannot be part of a container's name: " + op);
        }
        if (!imageId.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not an image id: " + imageId);
        }
        labels = Map.copyOf(labels);
        own = Set.copyOf(own);
    }

    /** Nobody knows what its maker gave it: what the old image says too is taken as the image's. */
    public SwapOrder(
            String op,
            String container,
            String imageId,
            String imageName,
            Map<String, String> labels) {
        this(op, container, imageId, imageName, labels, Set.of());
    }
}
