package backout.run;

import java.time.Instant;

/**
 * The right to work on a target for a while. Each new holder's token is higher, and the journal
 * refuses an append under an older one.
 */
public record Lease(String key, String holder, long token, Instant until) {}
