package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What moves together is judged together. */
class KinTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00Z");
    private static final Target WEB =
            new Target(
                    new TargetName("compose", "web"),
                    "local",
                    "some",
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    List.of(),
                    new Settings(Map.of()));

    private static Optional<String> objection(Optional<String> lockedOut, TargetEvent... events) {
        var kin = new Kin(WEB, Ledger.of(List.of(events)), lockedOut, Optional.empty(), false);
        return kin.objection("sha256:2", "2.0").map(Phrase::toString);
    }

    @Test
    void a_release_that_is_bad_there_is_not_chosen() {
        assertThat(objection(Optional.empty())).isEmpty();
        assertThat(
                        objection(
                                Optional.empty(),
                                new TargetEvent.Seen(NOW, "sha256:2", "web:2.0", "2.0", ""),
                                new TargetEvent.MarkedBad(NOW, "sha256:2", Phrase.of("5xx"), "li")))
                .contains("compose/web goes along: 2.0 is marked bad there: 5xx");
    }

    @Test
    void neither_is_one_that_nobody_saw_there_yet() {
        assertThat(
                        objection(
                                Optional.empty(),
                                new TargetEvent.MarkedBad(NOW, "sha256:2", Phrase.of("5xx"), "li")))
                .contains("compose/web goes along: 2.0 is marked bad there: 5xx");
    }

    @Test
    void neither_is_one_that_its_lock_keeps_out() {
        var lock = new TargetEvent.Locked(NOW, "li", Phrase.of("5xx"), "7F3KQ");
        assertThat(objection(Optional.of("sha256:2"), lock))
                .contains("compose/web goes along: li locked it against 2.0 with run 7F3KQ");
        assertThat(objection(Optional.of("sha256:3"), lock)).isEmpty();
    }
}
