package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is seen of a container of the engine that runs here. */
final class ContainerEyesTest {
    private static final Subject OWN = new Subject.Container(Optional.empty());
    private static final String GROWS = "x=aaaaaaaa; while :; do x=$x$x; done";

    private final TestEngine here = new TestEngine();
    private final Engine engine = here.engine;
    private final String name = here.unique + "-web";

    @AfterEach
    void removeAll() {
        here.close();
    }

    private ContainerEyes eyes() {
        var target =
                new Target(
                        new TargetName("container", name),
                        "local",
                        "some",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(Map.of()));
        return new ContainerEyes(
                target,
                new ContainerProbe(engine, _ -> found(), name, Map.of()),
                (_, _) -> new Reading.NotSeen(Problem.of(Phrase.of("unseen"), Phrase.of("look"))),
                new ContainerLog(engine, new Secrets(_ -> "")),
                () -> found().getFirst(),
                List::of);
    }

    private List<ContainerSummary> found() {
        return engine.containers(Map.of("of", name));
    }

    private String[] made(String... more) {
        var all = new ArrayList<>(List.of("--label", "of=" + name));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Phrase unwell(String check) {
        Reading seen = eyes().look(OWN, Duration.ofSeconds(9));
        Verdict verdict = Check.filled(check).judge(seen, Optional.empty());
        assertThat(verdict).isInstanceOf(Verdict.Unwell.class);
        return ((Verdict.Unwell) verdict).seen();
    }

    @Test
    void what_was_killed_for_lack_of_memory_says_so() {
        String image = here.image("1");
        here.container(name, made("-m", "16m", "--memory-swap", "16m", image, "sh", "-c", GROWS));
        TestEngine.until("its end", () -> !engine.stateOf(name).orElseThrow().isRunning());

        assertThat(unwell("container [STATE] == running"))
                .hasToString("exited, killed for lack of memory");
    }

    /** It is seen running now and then, and what it died of is still known. */
    @Test
    void so_does_what_is_started_again_each_time() {
        String image = here.image("1");
        here.container(
                name,
                made(
                        "-m",
                        "16m",
                        "--memory-swap",
                        "16m",
                        "--restart",
                        "always",
                        image,
                        "sh",
                        "-c",
                        GROWS));
        TestEngine.until(
                "its second start", () -> engine.stateOf(name).orElseThrow().restartCount() > 0);

        assertThat(unwell("container [RESTARTS] == 0").toString())
                .endsWith(", killed for lack of memory");
    }

    @Test
    void what_ended_otherwise_does_not() {
        here.container(name, made(here.image("1"), "false"));
        TestEngine.until("its end", () -> !engine.stateOf(name).orElseThrow().isRunning());

        assertThat(unwell("container [STATE] == running")).hasToString("exited");
    }

    @Test
    void the_health_check_of_its_image_counts_though_no_check_says_so() {
        String image =
                here.image(
                        "1",
                        "HEALTHCHECK --interval=1s --retries=1 CMD [\"/bin/busybox\", \"false\"]");
        here.container(name, made(image));
        TestEngine.until(
                "its first look",
                () -> engine.stateOf(name).orElseThrow().health().orElse("").equals("unhealthy"));

        assertThat(eyes().unsaid()).hasSize(1);
        assertThat(unwell(eyes().unsaid().getFirst())).hasToString("unhealthy");
    }

    @Test
    void without_one_there_is_nothing_to_count() {
        here.container(name, made(here.image("1")));
        assertThat(eyes().unsaid()).isEmpty();
    }
}
