package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;
import backout.fixture.Registry;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pull from a real registry. */
final class PullTaskTest {
    private final List<Integer> percents = new ArrayList<>();

    private Work work() {
        return new Work(
                "T/1",
                Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                Optional.empty(),
                _ -> {},
                _ -> false,
                (_, percent) -> percents.add(percent.orElseThrow()));
    }

    @Test
    void it_says_how_far_it_is_and_pulls_once() {
        Needs.relay();
        Needs.registry();
        var engine = backout.fixture.Engine.ofThisMachine();
        try (var registry = new Registry(engine);
                var own = new RelayImages(engine)) {
            String id = own.idOf(Release.GOOD);
            var _ = registry.push(own.of(Release.GOOD), "pulled:1");
            String name = registry.address() + "/pulled:1";
            engine.remove(name);
            own.close();
            var step =
                    new Step(
                            "any.pull",
                            new TargetName("any", "relay"),
                            Phase.PREPARE,
                            "",
                            id,
                            Map.of("image", name, "within", "PT1M"),
                            Phrase.of("pull it"));
            var task =
                    new PullTask(
                            Engine.at("unix:///var/run/docker.sock"),
                            Host.local(),
                            Optional.empty());
            assertThat(task.done(step, Optional.empty())).isFalse();
            task.perform(step, work());
            assertThat(task.done(step, Optional.empty())).isTrue();
            assertThat(percents).isNotEmpty().endsWith(100);
            assertThat(task.perform(step, work())).isEqualTo(Phrase.of("it is here already"));
            engine.remove(name);
        }
    }
}
