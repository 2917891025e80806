package backout.check;

import java.time.Duration;

/** Looks at one kind of {@link Subject}. */
public interface Probe {
    /**
     * Looks once. Never throws for what the world does: that is {@link Reading.NoAnswer} when it is
     * the service's doing and {@link Reading.NotSeen} when we could not look. Changes nothing.
     *
     * @param filled no placeholder left in it
     */
    Reading look(Subject filled, Duration deadline);
}
