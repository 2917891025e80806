package backout.docker;

import java.util.Optional;

/** How far an exchange is, as the engine shows it. */
public record SwapSight(Stage stage, Optional<ContainerState> old, Optional<ContainerState> fresh) {
    /** In the order in which they are reached. All but the last two can be finished and undone. */
    public enum Stage {
        /** The old container has its name. */
        UNTOUCHED,
        /** The old container is renamed, the new one is not there yet. */
        SET_ASIDE,
        /** The new one is there and was never started; the old one runs. */
        CREATED,
        /** The new one was never started; the old one does not run. */
        STOPPED,
        /** The new one was started; whether it still runs, its state tells. */
        STARTED,
        /** The new one has the name and the old one is removed: there is no way back. */
        KEPT,
        /** Neither is there, or something else has the name. */
        LOST
    }
}
