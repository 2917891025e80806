package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no rollback could pass is said long before it burns. */
class CannotRollBackTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void check_live_says_what_stands_in_the_way_and_nothing_when_nothing_does() {
        try (var shop =
                new Shop()
                        .images("web", "1.0", "2.0")
                        .file(
                                "compose.yml",
                                """
                                services:
                                  web:
                                    image: {p}/web:2.0
                                    ports: ["127.0.0.1:{port}:3000"]
                                """)
                        .up()
                        .awaitHealthy()) {
            var well = shop.seat();
            assertThat(well.run("check", "--live")).as(well.text()).isZero();
            assertThat(well.words()).doesNotContain("cannot be rolled back");

            shop.file(
                    "compose.yml",
                    """
                    services:
                      web:
                        build: .
                        ports: ["127.0.0.1:{port}:3000"]
                    """);
            var built = shop.seat();
            assertThat(built.run("check", "--live")).as(built.text()).isEqualTo(1);
            assertThat(built.words())
                    .contains("compose/web cannot be rolled back: ")
                    .contains("service web is built from source")
                    .contains("add image: repository:tag beside build:");
        }
    }
}
