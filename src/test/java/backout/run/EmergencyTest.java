package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Site;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Answer;
import backout.run.RunEvent.Moment;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The shortest plan that still proves: of a kind that knows nothing of emergencies. */
class EmergencyTest extends FolderSite {
    @BeforeEach
    void watch() {
        soak = Duration.ofHours(1);
        checks = List.of("should: GET http://127.0.0.1:1/ [STATUS] == 200");
    }

    private Run emergency(String to) {
        return rolledBack(
                new RunId("7F3KR"),
                "emergency",
                Map.of("target", "shop", "release", to, "severity", Site.EMERGENCY));
    }

    @Test
    void it_goes_by_its_own_policy_without_baseline_soak_and_what_only_warns() throws IOException {
        Run run = emergency("1.0");

        assertThat(result(run)).isEqualTo(Result.PROVEN);
        assertThat(served()).isEqualTo("1.0");
        assertThat(run.planned().orElseThrow().policy().name()).isEqualTo("alone");
        assertThat(run.votes()).isEmpty();
        assertThat(run.checked(Moment.BASELINE)).isEmpty();
        assertThat(run.checked(Moment.SOAK)).isEmpty();
        assertThat(run.plan().checks()).hasSize(2).noneMatch(line -> line.startsWith("should:"));
        assertThat(run.plan().command()).isEqualTo("emergency");
    }

    @Test
    void the_same_rollback_in_quiet_times_has_all_of_that() {
        Run run = rolledBack("1.0");

        assertThat(run.planned().orElseThrow().policy().name()).isEqualTo("one");
        assertThat(run.checked(Moment.BASELINE)).isPresent();
        assertThat(run.plan().checks()).anyMatch(line -> line.startsWith("should:"));
        assertThat(run.proven().orElseThrow().soakUntil())
                .isEqualTo(run.proven().orElseThrow().at().plus(soak));
    }

    /** Nobody noted how it was before, so nobody can say that it is worse. */
    @Test
    void where_it_is_unwell_afterwards_a_person_decides() throws IOException {
        answer = Answer.UNDO;

        Run run = emergency("broken");

        assertThat(run.events()).anyMatch(RunEvent.Asked.class::isInstance);
        assertThat(result(run)).isEqualTo(Result.UNDONE);
        assertThat(served()).isEqualTo("2.0");
    }
}
