package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.BotContainer;
import backout.fixture.BotImage;
import backout.fixture.Cli;
import backout.fixture.Engine;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.run.Run;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The image that {@code Dockerfile} makes is installed, used, killed and taken away. */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class ImageTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void it_serves_as_nobody_special_and_ends_well_when_told_to() {
        try (var bot = BotContainer.serving()) {
            bot.awaitHealthy();
            assertThat(bot.exec("id", "-u").output().strip()).isEqualTo("10001");
            assertThat(bot.exec("bot/healthy").ok()).isTrue();
            assertThat(bot.exec("bot/healthy", "127.0.0.1:1").complaint())
                    .contains("Nothing listens there");
            assertThat(bot.exec("bot/backout", "check").output()).contains("config is right");
            assertThat(bot.exec("bot/backout", "signin", "li").output())
                    .startsWith("http://backout.localhost:8181/signin/");
            assertThat(bot.exec("docker", "compose", "version").ok()).isTrue();

            assertThat(bot.stop()).as(bot.logs()).isZero();
            assertThat(bot.logs()).contains("Open runs go on at the next start");
        }
    }

    @Test
    void its_cache_of_classes_is_used() {
        var java =
                Engine.ofThisMachine()
                        .docker(
                                "run",
                                "--rm",
                                "--env=BACKOUT_JAVA_OPTIONS=-Xlog:class+load:stdout",
                                BotImage.shared(),
                                "--version");
        assertThat(java.lines().filter(line -> line.matches(".* backout\\.Main .*")))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void a_socket_that_is_missing_and_one_that_may_not_be_used_are_told() {
        try (var none = BotContainer.serving();
                var forbidden =
                        BotContainer.serving(
                                "--volume=/var/run/docker.sock:/var/run/docker.sock")) {
            none.awaitHealthy();
            forbidden.awaitHealthy();
            String target = "compose/claude-relay cannot be looked at: docker";
            none.awaitSaid(target, "No such file or directory");
            forbidden.awaitSaid(target, "Permission denied");
        }
    }

    @Test
    void a_volume_of_somebody_else_is_told_with_what_to_do() {
        try (var bot = BotContainer.serving("--tmpfs=/opt/backout/var:uid=0,mode=700")) {
            assertThat(bot.exitCode()).isEqualTo(2);
            assertThat(bot.logs())
                    .contains("the state folder cannot be used", "give this user a folder");
        }
    }

    @Test
    void a_volume_that_is_full_is_told_with_what_to_do() {
        try (var bot =
                BotContainer.serving("--tmpfs=/opt/backout/var:uid=10001,mode=700,size=8k")) {
            assertThat(bot.exitCode()).isEqualTo(2);
            assertThat(bot.logs()).contains("it may be full: df -h /opt/backout/var");
        }
    }

    @Test
    void a_run_that_waits_for_a_vote_outlives_the_container() {
        RelayImages.shared().of(Release.GOOD);
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD).policy(1)) {
            try (var first = beside(relay)) {
                first.awaitHealthy();
                asks(first, "compose claude-relay because 5xx");
                Await.until("a vote is waited for", () -> next(relay).contains("vote"));
                first.kill();
            }
            var sight = relay.sight();
            try (var second = beside(relay)) {
                second.awaitHealthy();
                assertThat(relay.sight()).isEqualTo(sight);
                var vote = second.exec(said("approve " + relay.lastRun(), "ben"));
                assertThat(vote.ok()).as(vote.output() + vote.complaint()).isTrue();
                Await.until("it is over", () -> run(relay).outcome().isPresent());
                relay.assertRuns(Release.GOOD);
                relay.assertSettled(sight.redis());
                assertThat(second.stop()).isZero();
            }
        }
    }

    /** As {@code bot/compose.yml} sets it up, but as the user whose files these are. */
    private static BotContainer beside(Relay relay) {
        int port = Await.freePort();
        relay.listen(Await.freePort(), port);
        String home = relay.home().toString();
        String project = relay.site.folder().toString();
        return BotContainer.serving(
                "--network=host",
                "--user=" + Cli.here().run("id", "-u") + ":" + Cli.here().run("id", "-g"),
                "--env=BACKOUT_PRIVATE=127.0.0.1:" + port,
                "--volume=/var/run/docker.sock:/var/run/docker.sock",
                "--volume=" + project + ":" + project,
                "--volume=" + home + ":" + home,
                "--volume=" + home + "/config:/opt/backout/config:ro",
                "--volume=" + home + "/commands:/opt/backout/commands:ro");
    }

    /** In the background: it follows until the run is over. */
    private static void asks(BotContainer bot, String words) {
        Engine.ofThisMachine()
                .docker(
                        Stream.concat(
                                        Stream.of("exec", "--detach", bot.name()),
                                        Stream.of(said(words, "anna", "--yes")))
                                .toArray(String[]::new));
    }

    private static String[] said(String words, String person, String... more) {
        return Stream.concat(
                        Stream.of("bot/backout", "run", words, "--as", person), Stream.of(more))
                .toArray(String[]::new);
    }

    private static String next(Relay relay) {
        try (var store = relay.store()) {
            return store.journal().recent(1).stream()
                    .map(id -> Run.of(store.journal().read(id)))
                    .map(run -> run.next(Relay.now()).toString())
                    .collect(Collectors.joining());
        }
    }

    private static Run run(Relay relay) {
        try (var store = relay.store()) {
            return Run.of(store.journal().read(relay.lastRun()));
        }
    }
}
