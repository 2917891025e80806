package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/** The files name another image than the one that runs: an undo must bring back what ran. */
class ComposeFilesAheadTest {
    private static final String WEB =
            """
            services:
              web:
                image: IMAGE # the release
                ports: ["127.0.0.1:{port}:3000"]
            """;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop(String image) {
        var shop = new Shop().images("web", "0.9", "1.0", "2.0");
        shop.image("web", "1.0-bad", "health-500");
        return shop.file("compose.yml", WEB.replace("IMAGE", image))
                .up(Map.of("TAG", "2.0"))
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{p}/web:${TAG}", "{p}/web:${TAG:-0.9}"})
    void a_tag_that_only_the_shell_knew_is_undone_to_what_ran(String image) {
        try (var shop = shop(image)) {
            undone(shop);
            assertThat(shop.read("compose.yml")).contains(shop.filled("image: " + image + " #"));
        }
    }

    @Test
    void an_edit_that_nobody_deployed_is_undone_to_what_ran() {
        try (var shop = shop("{p}/web:2.0")) {
            shop.file("compose.yml", WEB.replace("IMAGE", "{p}/web:0.9"));
            undone(shop);
            assertThat(shop.read("compose.yml")).contains(shop.filled("image: {p}/web:0.9 #"));
        }
    }

    private static void undone(Shop shop) {
        String image = shop.imageId("web");
        Seat plan = shop.plan("compose web to 1.0-bad");
        assertThat(plan.words())
                .contains(shop.filled("but {p}/web:2.0 runs"))
                .contains("through the engine");
        Seat li = shop.rollback("compose web to 1.0-bad because test");
        assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
        assertThat(li.words()).contains("2.0 runs again");
        assertThat(shop.imageId("web")).isEqualTo(image);
        assertThat(shop.health()).contains("\"version\":\"2.0\"");
    }

    @Test
    void after_a_proof_the_way_forward_is_not_glued() {
        try (var shop = shop("{p}/web:${TAG}")) {
            Seat li = shop.rollback("compose web because test");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words()).contains("no file sets TAG");
            assertThat(shop.read("compose.yml"))
                    .contains(shop.filled("image: {p}/web:1.0 # the release"));
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.wouldDo()).isEmpty();
        }
    }
}
