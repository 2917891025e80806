package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From {@code docker compose down}, with which the guide begins, there is a way back. */
class ComposeDownTest {
    private static final String PROJECT =
            """
            services:
              redis:
                image: {p}/redis:7
              web:
                image: {p}/web:${TAG}
                ports: ["127.0.0.1:{port}:3000"]
                volumes: ["./data:/data"]
                depends_on: [redis]
            """;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop() {
        return new Shop()
                .images("web", "1.0", "2.0")
                .images("redis", "7")
                .file("compose.yml", PROJECT)
                .file(".env", "TAG=1.0\n")
                .file("data/orders", "precious")
                .up()
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    @Test
    void what_was_kept_when_it_was_good_leads_back_from_down() {
        try (var shop = shop().filesKept("{p}/web:1.0")) {
            shop.file(".env", "TAG=2.0\n").up().awaitHealthy().seen("{p}/web:2.0");
            shop.compose("down");
            Seat check = shop.seat();
            check.run("check", "--live");
            assertThat(check.words())
                    .contains("could not be looked at")
                    .doesNotContain("cannot be rolled back");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words()).contains("it has no container now, last seen");
            assertThat(shop.read(".env")).isEqualTo("TAG=1.0\n");
            assertThat(shop.health()).contains("\"version\":\"1.0\"");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void what_failed_from_down_is_down_again_when_somebody_says_undo() {
        try (var shop = shop().filesKept("{p}/web:1.0")) {
            shop.image("web", "0.9", "health-500");
            shop.compose("down");
            Seat li = shop.seat();
            li.start("run", "compose web to 0.9 because test", "--as", "li", "--yes");
            Await.until("the bot asks", () -> li.text().contains("A person must decide"));
            assertThat(li.words()).contains("takes the rollback back: it is down again");
            String run = li.runId();
            assertThat(shop.seat().run("run", "undo " + run, "--as", "li")).isNotEqualTo(2);
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(li.words()).contains("it is down again");
            assertThat(shop.read(".env")).isEqualTo("TAG=1.0\n");
            assertThat(shop.engine().attempt("inspect", shop.container("web")).ok()).isFalse();
        }
    }

    @Test
    void where_nothing_was_kept_the_advice_starts_nothing_and_works() {
        try (var shop = shop()) {
            shop.file(".env", "TAG=2.0\n").up().awaitHealthy().seen("{p}/web:2.0");
            shop.compose("down");
            Seat plan = shop.plan("compose web");
            assertThat(plan.words()).contains("docker compose create web");
            shop.compose("create", "web");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.health()).contains("\"version\":\"1.0\"");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void what_only_the_env_file_switches_on_is_of_the_project_too() {
        String profiles =
                PROJECT.replace("[redis]", "{redis: {condition: service_started, required: false}}")
                                .replace("/redis:7\n", "/redis:7\n    profiles: [store]\n")
                        + "  more: {image: '{p}/redis:7', profiles: [more]}\n";
        try (var shop = shop().filesKept("{p}/web:1.0")) {
            shop.file("compose.yml", profiles)
                    .file(".env", "TAG=2.0\nCOMPOSE_PROFILES=store,more\n")
                    .filesKept("{p}/web:1.0");
            shop.compose("down");

            Seat plan = shop.plan("compose web to 1.0");

            assertThat(plan.words())
                    .contains("with it compose brings up what it needs: redis; more stay down")
                    .contains("--profile more --profile store up --detach more");
        }
    }
}
