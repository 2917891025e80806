package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Ordinary projects: a registry that everybody shares, a tag that some do. */
class ComposeTogetherTest {
    private static final String SHOP =
            """
            services:
              redis:
                image: ${REGISTRY}/redis:7
              worker:
                image: ${REGISTRY}/worker:${WEB_TAG:-latest}
                environment: {PORT: "3001"}
                depends_on: [redis]
              web:
                image: ${REGISTRY}/web:${WEB_TAG:-latest}
                ports: ["127.0.0.1:{port}:3000"]
                depends_on: [worker]
            """;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop() {
        return new Shop()
                .images("web", "1.0", "2.0")
                .images("worker", "1.0", "2.0")
                .images("redis", "7")
                .file("compose.yml", SHOP)
                .file(".env", "REGISTRY={p}\nWEB_TAG=2.0 # now\n")
                .up()
                .awaitHealthy();
    }

    @Test
    void services_that_share_a_tag_go_back_together_and_the_others_stay() {
        try (var shop = shop().proven("{p}/web:1.0")) {
            String redis = shop.inspect("redis", "{{.Id}}");
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("go back together")
                    .contains("replace container " + shop.container("worker"))
                    .contains("replace container " + shop.container("web"))
                    .containsSubsequence(
                            "replace container " + shop.container("worker"),
                            "replace container " + shop.container("web"))
                    .doesNotContain("not touched redis, w");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.read(".env"))
                    .isEqualTo(shop.filled("REGISTRY={p}\nWEB_TAG=1.0 # now\n"));
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.imageId("worker")).isEqualTo(shop.idOf("{p}/worker:1.0"));
            assertThat(shop.inspect("redis", "{{.Id}}")).isEqualTo(redis);
            assertThat(li.words()).contains("container worker [IMAGE]");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void one_of_them_alone_is_refused_with_a_way_that_works() {
        try (var shop = shop().proven("{p}/web:1.0")) {
            Seat plan = shop.plan("compose web only web");
            assertThat(plan.words())
                    .contains(
                            "only web is refused: worker, web take their image from the same line")
                    .contains("/.env:2, so they go back together")
                    .contains("leave out only web to let them go back together")
                    .contains(shop.filled("write image: {p}/web:2.0 there"))
                    .doesNotContain("name another release");
            shop.file(
                    "compose.yml",
                    SHOP.replace("${REGISTRY}/web:${WEB_TAG:-latest}", "{p}/web:2.0"));
            String worker = shop.inspect("worker", "{{.Id}}");
            Seat li = shop.rollback("compose web only web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.inspect("worker", "{{.Id}}")).isEqualTo(worker);
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void both_come_back_when_it_is_undone_and_what_was_stopped_is_so_again() {
        try (var shop = shop()) {
            shop.image("web", "0.9", "health-500");
            shop.images("worker", "0.9");
            shop.compose("kill", "worker");
            assertThat(shop.plan("compose web to 0.9").words())
                    .contains("worker was stopped and is started, as web needs it")
                    .contains("an undo stops it again");
            String env = shop.read(".env");
            Seat li = shop.seat();
            li.start("run", "compose web to 0.9 because 5xx", "--as", "li", "--yes");
            li.until("for an answer: undo or keep");
            shop.seat().run("run", "undo " + li.runId(), "--as", "li");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(shop.read(".env")).isEqualTo(env);
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
            assertThat(shop.imageId("worker")).isEqualTo(shop.idOf("{p}/worker:2.0"));
            assertThat(shop.inspect("worker", "{{.State.Status}}")).isEqualTo("exited");
            shop.compose("start", "worker");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    private static void note(Shop shop, String target, TargetEvent... events) {
        try (var store = shop.store()) {
            store.journal().append(new TargetName("compose", target), List.of(events));
        }
    }

    private static void proven(Shop shop, String service, String version) {
        Instant now = Instant.now();
        String image = shop.filled("{p}/" + service + ":" + version);
        String id = shop.idOf(image);
        note(
                shop,
                service,
                new TargetEvent.Seen(now, id, image, version, version),
                new TargetEvent.FoundGood(now, id, version));
    }

    @Test
    void what_goes_back_together_is_judged_together() {
        try (var shop = shop()) {
            String two =
                    """
                    targets:
                      compose/web:
                        policy: open
                        good-after: 5s
                        soak: 0s
                        project: {p}
                        service: web
                        url: http://127.0.0.1:{port}
                        images: ["{p}/web"]
                      compose/worker:
                        policy: open
                        good-after: 5s
                        soak: 0s
                        project: {p}
                        service: worker
                        url: http://127.0.0.1:{port}
                        images: ["{p}/worker"]
                    """;
            shop.config("targets.yml", shop.filled(two));
            for (String service : List.of("web", "worker")) {
                proven(shop, service, "1.0");
                proven(shop, service, "2.0");
            }
            String bad = shop.idOf("{p}/web:1.0");
            note(
                    shop,
                    "web",
                    new TargetEvent.MarkedBad(
                            Instant.now(), bad, Phrase.verbatim("it leaks"), "anna", true));
            Seat plan = shop.plan("compose worker");
            assertThat(plan.exitCode()).as(plan.text()).isNotZero();
            assertThat(plan.words())
                    .contains("compose/web goes along: 1.0 is marked bad there: it leaks");
            note(shop, "web", new TargetEvent.Cleared(Instant.now(), bad, "anna"));

            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();

            Seat back = shop.plan("compose worker");
            assertThat(back.exitCode()).as(back.text()).isNotZero();
            assertThat(shop.plan("compose worker to 2.0").words())
                    .contains("compose/web goes along: 2.0 is marked bad there: 5xx")
                    .contains("compose/web goes along: it is locked by li with run ");
            Seat history = shop.seat();
            history.run("history", "worker");
            assertThat(history.words()).contains("compose web because 5xx").contains("BAD: 5xx");
        }
    }

    @Test
    void a_release_that_the_other_does_not_have_is_refused() {
        try (var shop = shop()) {
            shop.images("web", "1.1");
            Seat plan = shop.plan("compose web to 1.1");
            assertThat(plan.words())
                    .contains("worker takes its tag from the same line as web")
                    .contains(shop.filled("image {p}/worker:1.1 is not here"))
                    .contains("give web a line of its own");
        }
    }

    private static final String ANCHOR =
            """
            x-app: &app
              image: {p}/web:2.0
            services:
              worker:
                <<: *app
                environment: {PORT: "3001"}
              web:
                <<: *app
                ports: ["127.0.0.1:{port}:3000"]
            """;

    private static Shop anchored() {
        return new Shop()
                .images("web", "1.0", "2.0")
                .file("compose.yml", ANCHOR)
                .up(Map.of())
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    @Test
    void a_line_that_an_anchor_lends_is_left_to_the_others() {
        try (var shop = anchored()) {
            Seat plan = shop.plan("compose web only web");
            assertThat(plan.words())
                    .contains("compose.yml:2, so they go back together")
                    .contains(
                            shop.filled(
                                    "that one is shared, so write image: {p}/web:2.0 below"
                                            + " services, web, then ask again"));
            shop.file(
                    "compose.yml",
                    ANCHOR.replaceFirst("( {2}web:\n)", "$1    image: {p}/web:2.0\n"));
            String worker = shop.inspect("worker", "{{.Id}}");
            Seat li = shop.rollback("compose web only web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.inspect("worker", "{{.Id}}")).isEqualTo(worker);
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void no_other_release_helps_where_the_other_service_has_several_containers() {
        try (var shop = shop().proven("{p}/web:1.0")) {
            shop.file("compose.yml", SHOP.replace("    depends_on: [redis]", "    scale: 2"));
            shop.up().awaitHealthy();
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("worker goes back together with web and has 2 containers")
                    .contains(shop.filled("write image: {p}/web:2.0 there"))
                    .doesNotContain("name another release");
            Seat check = shop.seat();
            assertThat(check.run("check", "--live")).as(check.text()).isEqualTo(1);
            assertThat(check.words())
                    .contains("compose/web cannot be rolled back: ")
                    .contains("worker goes back together with web and has 2 containers");
        }
    }

    @Test
    void what_somebody_stopped_stays_stopped() {
        try (var shop = anchored()) {
            shop.compose("kill", "worker");
            String worker = shop.inspect("worker", "{{.Id}} {{.State.Status}}");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains(
                            "worker takes its image from the same line and was stopped: it is left")
                    .contains("not touched worker");
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.inspect("worker", "{{.Id}} {{.State.Status}}"))
                    .isEqualTo(worker)
                    .endsWith("exited");
        }
    }

    @Test
    void one_image_through_an_anchor_goes_back_in_all_that_use_it() {
        try (var shop = anchored()) {
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(shop.read("compose.yml")).contains(shop.filled("image: {p}/web:1.0\n"));
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.imageId("worker")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.wouldDo()).isEmpty();
        }
    }
}
