package backout.store.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which lines an export has: from the first event at a moment on, all of them, so that each but the
 * first has the one that its hash follows. What was there before the chain has one digest and is
 * given whole or not at all.
 */
final class AuditLines implements AuditWalk.Lines {
    private final Optional<Instant> since;
    private final Consumer<String> line;
    private boolean begun;

    AuditLines(Optional<Instant> since, Consumer<String> line) {
        this.since = since;
        this.line = line;
    }

    @Override
    public void before(AuditStart start) {
        begun = since.map(from -> !start.at().isBefore(from)).orElse(true);
    }

    @Override
    public void line(String body, String text) {
        begun = begun || !StoredForm.at(body).isBefore(since.orElse(Instant.MIN));
        if (begun) {
            line.accept(text);
        }
    }
}
