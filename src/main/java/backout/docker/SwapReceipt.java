package backout.docker;

import java.util.Map;
import java.util.Set;

/**
 * All that the way back needs to know; kept before the first change. It holds no secret.
 *
 * @param container the name that was the old container's and will be the new one's
 * @param oldId the kept container
 * @param oldImageId what it runs
 * @param oldImageName what it says that it was made from
 * @param restartPolicy what it had; while it is kept it has none, or a restart of the engine would
 *     start both
 * @param replacedLabels the former values of the labels that the order puts others over
 * @param isOfCompose compose takes the kept container for a second one of the service: the next
 *     {@code up -d} removes the <em>new</em> one and recreates the kept one (seen with 2.26). So
 *     call {@link ContainerSwap#keep} as soon as the new one runs; the way back is then an exchange
 *     by {@link #reverse}
 * @param own as in the order, for the way back
 */
public record SwapReceipt(
        String op,
        String container,
        String oldId,
        String oldImageId,
        String oldImageName,
        RestartPolicy restartPolicy,
        boolean wasRunning,
        Map<String, String> replacedLabels,
        boolean isOfCompose,
        Set<String> own) {
    static final String COMPOSE = "com.docker.compose.project";
    static final String ASIDE = "-backout-old-";

    public SwapReceipt {
        replacedLabels = Map.copyOf(replacedLabels);
        own = Set.copyOf(own);
    }

    /** What the old container is called while it is kept. */
    public String asideName() {
        return container + ASIDE + op;
    }

    /**
     * The exchange that leads back once the old container is removed: the new one has everything of
     * the old one but its image and these labels.
     *
     * @param op of that exchange; another one than this
     */
    public SwapOrder reverse(String op) {
        if (op.equals(this.op)) {
            throw new IllegalArgumentException("the way back is an exchange of its own: " + op);
        }
        return new SwapOrder(op, container, oldImageId, oldImageName, replacedLabels, own);
    }
}
