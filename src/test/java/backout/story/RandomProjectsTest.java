package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Effort;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGeneratorFactory;

/**
 * Projects in random forms on the real engine: rolled back to a worse release each is undone to
 * exactly what ran; rolled back to a good one it is what compose would have made.
 */
@Order(1)
class RandomProjectsTest {
    private static final int PROJECTS = Effort.of(Integer.getInteger("random.projects", 12));
    private static final int AT_ONCE = 4;

    private final AtomicInteger refused = new AtomicInteger();

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void a_random_project_is_undone_to_what_ran_and_rolled_back_to_what_compose_would_make()
            throws InterruptedException {
        long seed =
                Optional.ofNullable(System.getenv("SEED"))
                        .map(Long::parseLong)
                        .orElseGet(System::nanoTime);
        System.out.println("random projects: SEED=" + seed);
        var wrong = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Callable<String>>();
            for (int i = 0; i < PROJECTS; i++) {
                long own = seed + i;
                all.add(() -> go(own));
            }
            for (Future<String> one : threads.invokeAll(all)) {
                try {
                    if (!one.get().isEmpty()) {
                        wrong.add(one.get());
                    }
                } catch (ExecutionException e) {
                    throw new AssertionError(e.getCause());
                }
            }
        }
        System.out.println("random projects: no safe plan for " + refused + " of " + PROJECTS);
        assertThat(wrong).as(String.join("\n\n", wrong)).isEmpty();
        assertThat(refused.get()).as("refused").isLessThanOrEqualTo(PROJECTS / 2);
    }

    /** What is wrong with it; empty when nothing is. */
    private String go(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var project = RandomProject.of(random);
        try (var shop = new Shop()) {
            try {
                go(shop, project);
                return "";
            } catch (AssertionError | RuntimeException e) {
                return "SEED=" + seed + "\n" + shown(project) + "\n" + e;
            }
        }
    }

    private static String shown(RandomProject project) {
        var text = new StringBuilder();
        project.files()
                .forEach((name, content) ->
                        text.append("--- ").append(name).append('\n').append(content));
        return text + "--- " + project.settings() + " " + project.options() + " " + project.shell();
    }

    private void go(Shop shop, RandomProject project) {
        shop.images("web", "1.0", "2.0").images("redis", "7");
        shop.image("web", "0.9", "health-500");
        project.files().forEach(shop::file);
        shop.target(project.settings());
        shop.options(project.options());
        shop.up(project.shell()).awaitHealthy().proven("{p}/web:1.0");
        var services = services(shop);
        var ran = inspected(shop, services);
        var files = read(shop, project);

        shop.within("3s");
        Seat bad = shop.rollback("compose web to 0.9 because test");
        if (bad.words().contains("There is no safe plan")) {
            assertThat(bad.words()).as("a way out is named").contains("Next:");
            refused.incrementAndGet();
            assertThat(differing(ran, inspected(shop, services))).isEmpty();
            return;
        }
        assertThat(bad.words()).as(bad.text()).contains("The rollback was undone");
        assertThat(read(shop, project)).as("files after the undo").isEqualTo(files);
        assertThat(differing(ran, inspected(shop, services))).as(bad.text()).isEmpty();

        shop.within("8s");
        Seat good = shop.rollback("compose web because test");
        assertThat(good.exitCode()).as(good.text()).isZero();
        assertThat(shop.health()).contains("\"version\":\"1.0\"");
        var made = inspected(shop, services);
        boolean claimed = good.words().contains("the next docker compose up leaves it alone");
        if (!project.shell().isEmpty() && !claimed) {
            return;
        }
        assertThat(shop.wouldDo(project.shell())).as("next up, after " + good.text()).isEmpty();
        shop.compose(project.shell(), "up", "--detach", "--force-recreate");
        assertThat(differing(made, inspected(shop, services))).as(good.text()).isEmpty();
    }

    private static List<String> services(Shop shop) {
        return shop.compose("ps", "--services").lines().sorted().toList();
    }

    private static Map<String, Map<String, String>> inspected(Shop shop, List<String> services) {
        var all = new TreeMap<String, Map<String, String>>();
        services.forEach(service ->
                all.put(
                        service,
                        Inspected.of(shop.engine().docker("inspect", shop.container(service)))));
        return all;
    }

    /** {@code web HostConfig.Init: true, then null}, one for each value that is another. */
    private static List<String> differing(
            Map<String, Map<String, String>> before, Map<String, Map<String, String>> after) {
        var differing = new ArrayList<String>();
        before.forEach((service, values) -> {
            Map<String, String> now = after.getOrDefault(service, Map.of());
            var keys = new TreeSet<>(values.keySet());
            keys.addAll(now.keySet());
            keys.removeIf(key -> Objects.equals(values.get(key), now.get(key)));
            keys.forEach(key ->
                    differing.add(
                            service
                                    + " "
                                    + key
                                    + ": "
                                    + values.get(key)
                                    + ", then "
                                    + now.get(key)));
        });
        return differing;
    }

    private static Map<String, String> read(Shop shop, RandomProject project) {
        var files = new TreeMap<String, String>();
        project.files().keySet().forEach(name -> files.put(name, shop.read(name)));
        return files;
    }
}
