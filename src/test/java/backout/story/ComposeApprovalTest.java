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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Somebody else must say yes; and what changes while people decide is asked about again. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeApprovalTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Relay broken() {
        RelayImages.shared().of(Release.GOOD);
        return new Relay(Release.HEALTH_500).provenGood(Release.GOOD).policy(1);
    }

    private static Seat waits(Relay relay) {
        Seat anna = relay.asks("compose claude-relay because 5xx");
        anna.until("bot/backout run \"approve " + anna.runId());
        return anna;
    }

    private static int says(Relay relay, String person, String words) {
        return relay.seat().run("run", words, "--as", person);
    }

    @Test
    void a_vote_comes_from_a_second_terminal_and_never_from_the_requester() {
        try (var relay = broken()) {
            var sight = relay.sight();
            Seat anna = waits(relay);
            assertThat(says(relay, "anna", "approve " + anna.runId())).isEqualTo(2);
            assertThat(relay.sight()).isEqualTo(sight);

            assertThat(says(relay, "ben", "approve " + anna.runId())).isZero();

            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(anna.words()).contains("approved by ben").contains("done and proven");
            relay.assertRuns(Release.GOOD);
            relay.assertSettled(sight.redis());
        }
    }

    @Test
    void a_no_cleans_up_what_was_prepared() {
        try (var relay = broken()) {
            var sight = relay.sight();
            Seat anna = waits(relay);
            assertThat(relay.protectiveTags()).hasSize(2);
            assertThat(relay.backups()).isNotEmpty();

            assertThat(says(relay, "ben", "deny " + anna.runId() + " because not now")).isZero();

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(3);
            assertThat(anna.words()).contains("denied by ben: not now");
            assertThat(relay.sight()).isEqualTo(sight);
            assertThat(relay.protectiveTags()).isEmpty();
            assertThat(relay.backups()).isEmpty();
        }
    }

    @Test
    void files_that_were_edited_meanwhile_change_the_plan() throws IOException {
        try (var relay = broken()) {
            var sight = relay.sight();
            Seat anna = waits(relay);
            Files.writeString(relay.site.composeFile(), "# mine\n", StandardOpenOption.APPEND);

            says(relay, "ben", "approve " + anna.runId());

            anna.until("the plan changed:");
            anna.until("bot/backout run \"confirm " + anna.runId());
            says(relay, "anna", anna.asked("confirm"));
            anna.until("a vote is needed again", () -> prepared(anna.text()) == 2);
            assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(sight.relay());
            says(relay, "ben", anna.asked("approve"));
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            relay.assertRuns(Release.GOOD);
            relay.assertSettled(sight.redis());
            assertThat(anna.words()).contains("the files were edited");
            assertThat(relay.composeText()).endsWith("# mine\n");
        }
    }

    @Test
    void what_a_changed_plan_had_prepared_is_cleaned_up_before_the_next_one() throws IOException {
        try (var relay = broken()) {
            Seat anna = waits(relay);
            var former = relay.backups();
            Files.writeString(relay.site.composeFile(), "# mine\n", StandardOpenOption.APPEND);
            var sight = relay.sight();

            says(relay, "ben", "approve " + anna.runId());
            anna.until("bot/backout run \"confirm " + anna.runId());
            assertThat(relay.protectiveTags()).isEmpty();
            assertThat(former).isNotEmpty().noneMatch(Files::exists);
            assertThat(relay.backups()).isEmpty();

            says(relay, "anna", anna.asked("confirm"));
            anna.until("a vote is needed again", () -> prepared(anna.text()) == 2);
            assertThat(relay.protectiveTags()).hasSize(2);
            assertThat(relay.backups()).hasSameSizeAs(former);

            says(relay, "ben", "deny " + anna.runId());
            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(3);
            assertThat(relay.protectiveTags()).isEmpty();
            assertThat(relay.backups()).isEmpty();
            assertThat(relay.sight()).isEqualTo(sight);
        }
    }

    @Test
    void a_tag_that_was_moved_meanwhile_changes_the_plan_and_a_no_still_cleans_up() {
        try (var relay = broken()) {
            var sight = relay.sight();
            var engine = relay.site.engine();
            String good = RelayImages.shared().of(Release.GOOD);
            String id = RelayImages.shared().idOf(Release.GOOD);
            Seat anna = waits(relay);
            try {
                engine.docker("tag", RelayImages.shared().of(Release.CRASH_LOOP), good);
                says(relay, "ben", "approve " + anna.runId());
                anna.until("the plan changed:");
                assertThat(anna.text().replaceAll("\\s+", " "))
                        .contains("the plan changed: " + good + " means another image now");
                anna.until("bot/backout run \"confirm " + anna.runId());
                says(relay, "anna", anna.asked("confirm"));
                anna.until("a vote is needed again", () -> prepared(anna.text()) == 2);
                assertThat(anna.words()).contains(":backout-" + id.substring(7, 19));
                says(relay, "ben", "deny " + anna.runId());
                assertThat(anna.exitCode()).as(anna.text()).isEqualTo(3);
                assertThat(relay.sight()).isEqualTo(sight);
                assertThat(relay.backups()).isEmpty();
                assertThat(engine.attempt("image", "inspect", id).ok()).isTrue();
            } finally {
                engine.docker("tag", id, good);
            }
        }
    }

    /** How often everything was prepared. */
    private static int prepared(String text) {
        return text.split("before the switch the service is", -1).length - 1;
    }
}
