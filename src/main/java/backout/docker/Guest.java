package backout.docker;

import java.util.Set;

/** A running container that lives in what another one lends it. */
public record Guest(ContainerSummary container, Set<Share> shares) {
    /** What is lent. */
    public enum Share {
        NETWORK,
        IPC,
        PID,
        VOLUMES
    }

    public Guest {
        shares = Set.copyOf(shares);
    }

    /**
     * Whether it is left in something dead when its host is replaced. Volumes stay with whoever
     * mounts them.
     */
    public boolean isLost() {
        return !shares.equals(Set.of(Share.VOLUMES));
    }
}
