package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Cli;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What {@code plan --shell} prints is run by a shell alone: the rollback, and the way back. */
class ComposeScriptTest {
    private static final String ENV = "WEB_TAG=2.0\nTOKEN='p$w \"q\"'\n";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop() {
        return new Shop()
                .images("web", "1.0", "2.0")
                .images("db", "1")
                .file(
                        "compose.yml",
                        """
                        services:
                          web:
                            image: {p}/web:${WEB_TAG:-latest}
                            environment: {TOKEN: }
                            ports: ["127.0.0.1:{port}:3000"]
                            depends_on: [db]
                          db: {image: "{p}/db:1", env_file: db.env}
                        """)
                .file(".env", ENV)
                .file("db.env", "A=1\n")
                .up()
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    /** The script as it was printed, in a file that only the shell knows. */
    private static Path script(Shop shop) {
        Seat plan = shop.seat();
        assertThat(plan.run("plan", "compose web", "--shell")).as(plan.text()).isZero();
        try {
            return Files.writeString(shop.home().resolve("by hand.sh"), plan.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cli.Result sh(Path script, String... words) {
        var shell = new Cli(Path.of("/"), Map.of());
        return words.length == 0
                ? shell.attempt("sh", script.toString())
                : shell.attempt("sh", script.toString(), words[0]);
    }

    private static void bothWays(Shop shop) {
        Path script = script(shop);
        String db = shop.inspect("db", "{{.Id}}");
        var forth = sh(script);
        assertThat(forth.ok()).as(forth.complaint()).isTrue();
        shop.awaitHealthy();
        assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
        assertThat(sh(script).ok()).as("a second time nothing is left to do").isTrue();
        var back = sh(script, "back");
        assertThat(back.ok()).as(back.complaint()).isTrue();
        shop.awaitHealthy();
        assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
        assertThat(shop.read(".env")).isEqualTo(ENV);
        assertThat(shop.inspect("db", "{{.Id}}")).isEqualTo(db);
    }

    @Test
    void it_rolls_back_and_takes_that_back_and_holds_no_secret() {
        try (var shop = shop()) {
            bothWays(shop);
            assertThat(script(shop)).content().doesNotContain("p$w");
        }
    }

    @Test
    void where_the_engine_would_swap_it_leaves_the_others_alone_too() {
        try (var shop = shop().file("db.env", "A=2\n")) {
            bothWays(shop);
            String label = "{{index .Config.Labels \"com.docker.compose.config-hash\"}}";
            assertThat(shop.compose("config", "--hash", "web"))
                    .doesNotContain(shop.inspect("web", label));
            String note = "the next docker compose up makes it anew once more";
            assertThat(Files.readString(script(shop)).replaceAll("\\s*\n# *", " "))
                    .contains("It makes " + shop.container("web"))
                    .contains(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_stops_where_a_file_is_not_what_it_was() {
        try (var shop = shop()) {
            Path script = script(shop);
            shop.file(".env", ENV + "MORE=1\n");
            var forth = sh(script);
            assertThat(forth.ok()).isFalse();
            assertThat(forth.complaint()).contains(".env: not as this script expects it");
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
            assertThat(shop.read(".env")).isEqualTo(ENV + "MORE=1\n");
        }
    }

    @Test
    void what_is_down_is_brought_up_and_taken_down_again() {
        try (var shop = shop().filesKept("{p}/web:1.0").seen("{p}/web:2.0")) {
            shop.compose("rm", "--stop", "--force", "web");
            Path script = script(shop);
            var forth = sh(script);
            assertThat(forth.ok()).as(forth.complaint()).isTrue();
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            var back = sh(script, "back");
            assertThat(back.ok()).as(back.complaint()).isTrue();
            assertThat(shop.engine().attempt("inspect", shop.container("web")).ok()).isFalse();
        }
    }
}
