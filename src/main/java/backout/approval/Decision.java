package backout.approval;

import java.time.Instant;
import java.util.List;

/** What the votes so far come to. */
public sealed interface Decision {
    /** So many votes are still {@code missing}; waiting ends at {@code until}. */
    record Pending(int missing, Instant until) implements Decision {}

    /** Enough people said yes; empty where the policy asks for none. */
    record Approved(List<String> by) implements Decision {
        public Approved {
            by = List.copyOf(by);
        }
    }

    /** One person's no is enough. */
    record Denied(String by, String reason) implements Decision {}

    /** Nobody decided in time. */
    record Expired(Instant since) implements Decision {}
}
