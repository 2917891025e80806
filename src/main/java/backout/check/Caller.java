package backout.check;

import java.time.Duration;
import java.util.Optional;

/** Sends what the step of a suite says: unlike a {@link Probe} it may change something. */
public interface Caller {
    /**
     * One request, as it is sent. It prints without what may be secret.
     *
     * @param url may hold values of former answers: never shown
     * @param token sent as bearer token
     * @param body sent as JSON
     */
    record Sending(String method, String url, Optional<Secret> token, Optional<Secret> body) {
        @Override
        public String toString() {
            return method + " ***";
        }
    }

    /**
     * Sends it once, and follows no redirect. Never throws for what the world does, as {@link
     * Probe#look}; after a {@link Reading.NoAnswer} or {@link Reading.NotSeen} nobody knows whether
     * it came through.
     */
    Reading send(Sending what, Duration deadline);
}
