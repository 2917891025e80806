package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.docker.ContainerSummary;
import backout.docker.ContainerSwap;
import backout.docker.Engine;
import backout.docker.SwapReceipt;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Deadline;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Work;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that dies in the middle of the way back, and the next one that finishes it. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
final class SwapMoveTest {
    private static final String DOCKER = "unix:///var/run/docker.sock";

    private final Engine engine = Engine.at(DOCKER);
    private final Host host = Host.parse("local");
    private final Discovery discovery = new Discovery(engine, host);
    private final ContainerSwap swap = new ContainerSwap(engine);
    private final SwapMove move =
            new SwapMove(engine, new ComposeCli(host, DOCKER), new Containers(engine, discovery));
    private final Deque<Receipt> receipts = new ArrayDeque<>();

    /** The process dies right after its receipt is safe. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void a_way_back_that_was_cut_off_after_any_of_its_steps_is_finished(int steps) {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Step step = exchanged(site);
            assertThatThrownBy(() -> move.back(step, kept(), dying())).isInstanceOf(Died.class);
            someOfTheWayBack(steps);

            assertThat(move.present(step, working()).isAt(step.from())).isEqualTo(steps == 5);
            move.back(step, kept(), working());

            assertIsBack(site, step);
        }
    }

    /** What a person types whom the bot told how to go on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_way_back_that_was_cut_off_can_be_finished_by_hand(int steps) {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Step step = exchanged(site);
            assertThatThrownBy(() -> move.back(step, kept(), dying())).isInstanceOf(Died.class);
            someOfTheWayBack(steps);

            for (Phrase line : move.byHand(step, kept())) {
                site.engine().cli(site.folder()).run(line.toString().split(" "));
            }

            assertIsBack(site, step);
        }
    }

    @Test
    void by_hand_nothing_is_removed_that_has_its_own_name_again() {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Step step = step(site);
            assertThatThrownBy(() -> move.move(step, dying())).isInstanceOf(Died.class);

            assertThat(move.byHand(step, kept()))
                    .containsExactly(Phrase.verbatim("docker start " + step.need("container")));
        }
    }

    private Step exchanged(ComposeSite site) {
        Step step = step(site);
        move.move(step, working());
        assertThat(move.present(step, working()).isAt(step.to())).isTrue();
        return step;
    }

    private void someOfTheWayBack(int steps) {
        SwapReceipt second = SwapMove.readBack(kept().orElseThrow()).orElseThrow();
        var order = SwapMove.read(kept().orElseThrow()).reverse(second.op());
        List.<Runnable>of(
                        () -> swap.setAside(second),
                        () -> swap.create(order, second),
                        () -> swap.stopOld(second, Duration.ZERO),
                        () -> swap.startNew(second),
                        () -> swap.keep(second))
                .subList(0, steps)
                .forEach(Runnable::run);
    }

    private void assertIsBack(ComposeSite site, Step step) {
        assertThat(move.present(step, working())).isEqualTo(new Present.At(step.from()));
        assertThat(discovery.containers(site.project(), ComposeSite.RELAY))
                .extracting(ContainerSummary::name)
                .containsExactly(step.need("container"));
        assertThat(site.inspect(ComposeSite.RELAY, "{{.HostConfig.RestartPolicy.Name}}"))
                .isEqualTo("unless-stopped");
        site.awaitHealthy();
    }

    private Optional<Receipt> kept() {
        return Optional.ofNullable(receipts.peekLast());
    }

    private Work working() {
        return work(() -> {});
    }

    private Work dying() {
        return work(() -> {
            throw new Died();
        });
    }

    private Work work(Runnable then) {
        return new Work(
                "7F3KQ/3",
                Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                kept(),
                receipt -> {
                    receipts.add(receipt);
                    then.run();
                });
    }

    private Step step(ComposeSite site) {
        var images = RelayImages.shared();
        ContainerSummary container =
                discovery.containers(site.project(), ComposeSite.RELAY).getFirst();
        var project =
                new Project(
                        site.project(),
                        ComposeSite.RELAY,
                        site.folder(),
                        List.of(site.composeFile()),
                        List.of(),
                        List.of());
        return new Step(
                "compose.swap",
                new TargetName("compose", "claude-relay"),
                Phase.SWITCH,
                container.imageId(),
                images.idOf(Release.GOOD_2),
                project.with(
                        Map.of(
                                "container",
                                container.name(),
                                "image",
                                images.of(Release.GOOD_2),
                                "drain",
                                "0")),
                Phrase.of("replace the container"));
    }
}
