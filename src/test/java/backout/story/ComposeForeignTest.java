package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What only looks as if it were of the project neither goes back with it nor stops it. */
class ComposeForeignTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void a_container_that_carries_the_labels_is_told_and_left_alone() {
        try (var shop = new Shop().images("web", "1.0", "2.0")) {
            shop.file("compose.yml", Shop.ONE_SERVICE).up().awaitHealthy().proven("{p}/web:1.0");
            String stranger = shop.project() + "-stranger";
            shop.engine()
                    .docker(
                            "run",
                            "--detach",
                            "--name",
                            stranger,
                            "--label",
                            "com.docker.compose.project=" + shop.project(),
                            "--label",
                            "com.docker.compose.service=web",
                            shop.filled("{p}/web:2.0"));
            String before = seen(shop, stranger);

            Seat li = shop.rollback("compose web because 5xx");

            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains(stranger + " carries the labels of project " + shop.project());
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(seen(shop, stranger)).isEqualTo(before);
        }
    }

    private static String seen(Shop shop, String container) {
        String format = "{{.Id}} {{.Name}} {{.State.StartedAt}} {{.State.Status}}";
        return shop.engine().docker("inspect", "--format", format, container);
    }

    @Test
    void a_service_that_runs_from_a_copy_of_the_folder_is_told() throws IOException {
        Path copy = Folders.make("copy");
        try (var shop = new Shop().images("web", "1.0", "2.0")) {
            String file = Shop.ONE_SERVICE + "  side: {image: '{p}/web:2.0'}\n";
            shop.file("compose.yml", file).up().awaitHealthy().proven("{p}/web:1.0");
            Files.copy(shop.folder().resolve("compose.yml"), copy.resolve("compose.yml"));
            new Cli(copy, Map.of())
                    .run(
                            "docker",
                            "compose",
                            "--project-name",
                            shop.project(),
                            "up",
                            "--detach",
                            "--force-recreate",
                            "side");

            assertThat(shop.plan("compose web").words())
                    .contains(
                            "%s was made in the folder %s, not in %s"
                                    .formatted(shop.container("side"), copy, shop.folder()));
        } finally {
            Folders.delete(copy);
        }
    }

    /** Its name would be an option of compose's. */
    @Test
    void a_service_that_is_called_like_an_option_goes_back_as_any_other() {
        try (var shop = new Shop().images("web", "1.0", "2.0").service("--dry-run")) {
            String file = Shop.ONE_SERVICE.replace("  web:", "  --dry-run:");
            shop.file("compose.yml", file).up().awaitHealthy().proven("{p}/web:1.0");

            Seat li = shop.rollback("compose web because 5xx");

            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.imageId("--dry-run")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.wouldDo()).isEmpty();
        }
    }
}
