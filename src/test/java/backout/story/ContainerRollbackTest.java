package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real containers that docker run made, rolled back by real words. */
final class ContainerRollbackTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASH_LOOP", "HEALTH_500", "SLOW", "REDIS_DOWN"})
    void an_upgrade_that_went_wrong_is_rolled_back_and_proven(Release bad) {
        try (var lone = new Lone(bad).proven(Release.GOOD)) {
            String before = lone.inspect("{{json .HostConfig}}");

            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(lone.runs(Release.GOOD)).isTrue();
            assertThat(lone.containers()).containsExactly(lone.name);
            assertThat(lone.inspect("{{json .HostConfig}}")).isEqualTo(before);
            assertThat(lone.health())
                    .contains("\"version\":\"1.1.0\"", "\"redis\":{\"status\":\"healthy\"");
            assertThat(seat.text()).doesNotContain(Lone.SECRET);
        }
    }

    @Test
    void one_that_turns_out_worse_is_undone_by_the_former_container_itself() {
        try (var lone = new Lone(Release.GOOD_2).proven(Release.CRASH_LOOP)) {
            String id = lone.inspect("{{.Id}}");

            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
            assertThat(seat.words()).contains("Error: Cannot find module './routes/api'");
            assertThat(lone.inspect("{{.Id}} {{.HostConfig.RestartPolicy.Name}}"))
                    .isEqualTo(id + " unless-stopped");
            assertThat(lone.containers()).containsExactly(lone.name);
            assertThat(lone.runs(Release.GOOD_2)).isTrue();
        }
    }
}
