package backout.docker;

import java.util.Map;

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
 */
public record SwapOrder(
        String op, String container, String imageId, String imageName, Map<String, String> labels) {
    public SwapOrder {
        if (!op.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
            throw new IllegalArgumentException("cannot be part of a container's name: " + op);
        }
        if (!imageId.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not an image id: " + imageId);
        }
        labels = Map.copyOf(labels);
    }
}
