package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.fixture.Release;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIGKILL on a real process amid the rollback of a container; see {@link KillTest}. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class ContainerKillTest {
    private static final boolean EACH = Boolean.getBoolean("backout.kill-all");

    private static final String SHAPE =
            "{{.Name}} {{json .HostConfig}} {{json .Config.Env}} {{json .Config.Cmd}}";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void a_rollback_that_is_killed_everywhere_ends_well() throws Exception {
        try (var lone = new Lone(Release.HEALTH_500).policy("votes: 1").proven(Release.GOOD);
                var killed = new Killed(lone, EACH, List.of())) {
            String before = lone.inspect("{{json .HostConfig}}");

            killed.toTheEnd();

            var events = killed.events();
            assertThat(lone.runs(Release.GOOD)).as(killed.text()).isTrue();
            assertThat(lone.inspect("{{json .HostConfig}}")).isEqualTo(before);
            assertThat(lone.containers()).containsExactly(lone.name);
            assertThat(KillTest.outcome(events)).as(killed.text()).isEqualTo(Result.PROVEN);
            KillTest.assertTold(events);
            KillTest.assertEveryKindWasKilled(events, killed.places());
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void an_undo_that_is_killed_everywhere_ends_where_it_began() throws Exception {
        try (var lone = new Lone(Release.GOOD_2).proven(Release.CRASH_LOOP);
                var killed = new Killed(lone, EACH, EACH ? List.of() : KillTest.KILLED_ABOVE)) {
            String id = lone.inspect("{{.Id}}");
            String before = lone.inspect(SHAPE);

            killed.toTheEnd();

            var events = killed.events();
            assertThat(lone.inspect("{{.Id}}")).as(killed.text()).isEqualTo(id);
            assertThat(lone.inspect(SHAPE)).isEqualTo(before);
            assertThat(lone.runs(Release.GOOD_2)).isTrue();
            assertThat(lone.containers()).containsExactly(lone.name);
            assertThat(KillTest.outcome(events)).as(killed.text()).isEqualTo(Result.UNDONE);
            KillTest.assertTold(events);
            KillTest.assertEveryKindWasKilled(events, killed.places());
        }
    }
}
