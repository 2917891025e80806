package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rolled back to a release that is broken itself. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeUndoTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @ParameterizedTest
    @CsvSource({"GOOD, CRASH_LOOP", "GOOD, HEALTH_500", "HEALTH_500, CRASH_LOOP"})
    void what_became_worse_is_undone_by_itself(Release before, Release broken) {
        try (var relay = new Relay(before)) {
            String image = RelayImages.shared().of(broken);
            var sight = relay.sight();

            Seat anna = relay.asks("compose claude-relay to " + image);

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words())
                    .contains("undo, decided by backout")
                    .contains("that is worse than before")
                    .contains("The rollback was undone");
            relay.assertRuns(before);
            relay.assertSettled(sight.redis());
            assertThat(relay.composeText()).isEqualTo(sight.composeText());
            String container = relay.site.containerId(ComposeSite.RELAY);
            relay.site.up();
            assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(container);
        }
    }

    @ParameterizedTest
    @CsvSource({"no", "yes"})
    void after_an_undo_the_failure_is_told_beside_the_state_now(String hidden) {
        try (var relay = new Relay(Release.GOOD).target("hide-log: " + hidden)) {
            relay.provenGood(Release.GOOD);
            var images = RelayImages.shared();
            String broken = images.of(Release.HEALTH_500);
            relay.seen(images.idOf(Release.HEALTH_500), broken, "1.2.0");

            Seat anna = relay.asks("compose claude-relay to " + broken);

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words())
                    .contains("after the undo the service is well")
                    .doesNotContain("after the undo the service is unwell")
                    .containsPattern("it was unwell for [^,]+, and gave no answer for")
                    .doesNotContain("0.00 s");
            assertThat(anna.words().contains("Last log lines of 1.2.0"))
                    .isEqualTo(hidden.equals("no"));
            String table = anna.text().substring(anna.text().lastIndexOf("Verification"));
            assertThat(table).contains("with 1.2.0").doesNotContain("well (unwell)");
            relay.assertRuns(Release.GOOD);
            assertThat(relay.ledger().release(images.idOf(Release.HEALTH_500)).orElseThrow().bad())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"undo", "keep"})
    void what_is_as_ill_as_before_is_decided_by_a_person(String answer) {
        try (var relay = new Relay(Release.CRASH_LOOP)) {
            String again = alike(relay, Release.CRASH_LOOP);
            var sight = relay.sight();
            Seat anna = relay.asks("compose claude-relay to " + again);
            anna.until("for an answer: undo or keep");

            Seat ben = relay.seat();
            assertThat(ben.run("run", answer + " " + anna.runId(), "--as", "ben")).isZero();

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            boolean undone = answer.equals("undo");
            assertThat(anna.words())
                    .contains("a person must decide")
                    .contains(undone ? "The rollback was undone" : "Left as it is, kept by ben");
            assertThat(relay.composeText().equals(sight.composeText())).isEqualTo(undone);
            String runs = relay.site.inspect(ComposeSite.RELAY, "{{.Config.Image}}");
            assertThat(runs.equals(again)).isEqualTo(!undone);
            relay.assertSettled(sight.redis());
            relay.site.engine().remove(again);
        }
    }

    @Test
    void silence_leaves_it_as_it_is() {
        try (var relay = new Relay(Release.CRASH_LOOP).policy(0, "2s")) {
            String again = alike(relay, Release.CRASH_LOOP);
            var sight = relay.sight();

            Seat anna = relay.asks("compose claude-relay to " + again);

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words()).contains("Nobody answered, so it was left as it is");
            relay.assertSettled(sight.redis());
            relay.site.engine().remove(again);
        }
    }

    /** Another image that does the same. */
    private static String alike(Relay relay, Release release) {
        var engine = relay.site.engine();
        String name = RelayImages.shared().repository() + ":again";
        String container = engine.docker("create", RelayImages.shared().of(release));
        engine.docker("commit", "--change", "LABEL again=yes", container, name);
        engine.docker("rm", container);
        return name;
    }
}
