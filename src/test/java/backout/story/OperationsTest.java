package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.operations.Asked;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What operators ask the private listener of a serving bot. */
class OperationsTest {
    @TempDir Path home;

    @Test
    void a_bot_that_serves_is_alive_and_ready_and_tells_it_without_a_sign_in() {
        try (var served = new ServedSite(home, 0).serve()) {
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
            assertThat(served.asks("/healthz").text())
                    .contains("\"resumer\"", "\"watch sim/relay\"", "\"tidying\"");
            served.awaitReady();

            Asked ready = served.asks("/readyz");

            assertThat(ready.json().path("ready").asBoolean()).isTrue();
            assertThat(ready.json().path("not-ready")).isEmpty();
            assertThat(ready.text())
                    .contains("\"journal\"", "\"open runs\"", "\"target sim/relay\"")
                    .contains("age-seconds");
            assertThat(Asked.post(served.port(), "/readyz").status()).isEqualTo(405);
        }
    }

    @Test
    void what_was_noted_of_a_way_back_before_the_start_is_not_ready_while_nobody_can_tell() {
        try (var served = new ServedSite(home, 0)) {
            try (var store = SqlStore.open(home.resolve("var"), served.clock)) {
                var now = served.clock.instant();
                store.journal()
                        .append(
                                TargetName.of("sim/relay"),
                                List.of(
                                        new TargetEvent.Seen(now, SimService.GOOD, "i", "1", ""),
                                        new TargetEvent.FoundGood(now, SimService.GOOD, ""),
                                        new TargetEvent.Seen(now, SimService.BAD, "i", "2", "")));
            }
            served.service.shows(null);
            served.serve();

            // It is not ready before the first look either.
            Await.until(
                    "it has looked and could not tell",
                    () ->
                            served.awaitNotReady("way back of sim/relay")
                                    .text()
                                    .contains("the last look could not tell"));
            assertThat(served.awaitNotReady("way back of sim/relay").text())
                    .contains("the last look could not tell; the service is unwell since")
                    .contains("nothing runs");
            served.service.shows(
                    new TargetEvent.Seen(served.clock.instant(), SimService.BAD, "i", "2", ""));
            served.stop();
            served.serve();
            served.awaitReady();
            served.stop();
            served.service.lose("its image is gone");
            served.serve();
            Await.until(
                    "it says that nothing is left",
                    () ->
                            served.awaitNotReady("way back of sim/relay")
                                    .text()
                                    .contains("left to go back to: of 1 its image is gone"));
        }
    }

    @Test
    void figures_of_runs_are_those_of_the_journal_and_survive_a_restart() {
        try (var served = new ServedSite(home, 0).serve()) {
            assertThat(served.metrics().value("backout_runs_open")).isZero();
            var seat = served.seat();
            assertThat(seat.run("run", "sim relay because hunter2", "--as", "li", "--yes"))
                    .as(seat.text())
                    .isZero();

            Exposition before = served.metrics();
            String text = served.asks("/metrics").text();

            assertThat(before.value("backout_runs_total", "command", "sim", "outcome", "proven"))
                    .isEqualTo(1);
            assertThat(
                            before.value(
                                    "backout_step_seconds_count",
                                    "action",
                                    "sim.box",
                                    "leg",
                                    "forward",
                                    "result",
                                    "done"))
                    .isEqualTo(1);
            assertThat(before.value("backout_downtime_seconds_sum", "command", "sim"))
                    .isEqualTo(0.42);
            assertThat(before.value("backout_phase_seconds_count", "phase", "whole")).isEqualTo(1);
            assertThat(
                            before.value(
                                    "backout_checks_total",
                                    "moment",
                                    "after-switch",
                                    "verdict",
                                    "well"))
                    .isEqualTo(1);
            assertThat(before.value("backout_target_locked", "target", "sim/relay")).isZero();
            assertThat(before.value("backout_journal_readable")).isEqualTo(1);
            assertThat(before.value("jvm_threads_live_threads")).isPositive();
            assertThat(text).doesNotContain("hunter2", "li\"").doesNotContain(seat.runId());

            served.stop();
            served.serve();

            String[] folded = {
                "backout_runs_total",
                "backout_step_seconds_count",
                "backout_checks_total",
                "backout_phase_seconds_count"
            };
            Exposition after = served.metrics();
            assertThat(after.startingWith(folded))
                    .isNotEmpty()
                    .isEqualTo(before.startingWith(folded));
            assertThat(after.value("backout_target_locked", "target", "sim/relay")).isEqualTo(1);
        }
    }

    @Test
    void a_run_that_waits_for_people_is_seen_waiting() {
        try (var served = new ServedSite(home, 1).serve()) {
            var seat = served.seat().start("run", "sim relay", "--as", "li", "--yes");
            String run = seat.runId();
            Await.until(
                    "it waits",
                    () -> served.metrics().value("backout_runs_waiting", "for", "approval") == 1);
            assertThat(served.metrics().value("backout_runs_open")).isEqualTo(1);

            assertThat(served.seat().run("run", "approve " + run, "--as", "anna")).isZero();
            assertThat(seat.exitCode()).isZero();

            assertThat(served.metrics().value("backout_runs_waiting", "for", "approval")).isZero();
            assertThat(served.metrics().value("backout_runs_open")).isZero();
        }
    }

    @Test
    void who_has_edited_the_configuration_is_told_that_serve_still_has_the_older_one() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            assertThat(served.asks("/readyz").text()).contains("\"configuration\"");
            String older = "serve still has the configuration of";
            var before = served.seat();
            assertThat(before.run("check")).isZero();
            assertThat(before.words()).contains("config is right").doesNotContain(older);

            served.site.write(
                    "config/approvals.yml",
                    "policies:\n  some: {votes: 1, from: L2, reason: required}\n");

            String[][] asked = {{"check"}, {"status"}, {"run", "help", "--as", "li"}};
            for (String[] words : asked) {
                var told = served.seat();
                assertThat(told.run(words)).as(told.text()).isZero();
                assertThat(told.words()).contains(older);
            }
            Await.until(
                    "readyz says it",
                    () -> served.asks("/readyz").text().contains("the files have changed since"));
            served.stop();
            var after = served.seat();
            assertThat(after.run("check")).isZero();
            assertThat(after.words()).doesNotContain(older);
        }
    }

    @Test
    void the_public_listener_tells_operators_nothing() {
        var clock = new HandClock();
        try (var slack = new FakeSlack(clock);
                var bot = SlackBot.on(slack, home, 0, clock).serve()) {
            for (String path : new String[] {"/healthz", "/readyz", "/metrics", "/"}) {
                assertThat(Asked.get(bot.port, path).status()).as(path).isEqualTo(404);
            }
            assertThat(Asked.get(bot.privatePort, "/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_slack_that_refuses_the_token_makes_it_not_ready_and_the_token_is_not_told() {
        var clock = new HandClock();
        try (var slack = new FakeSlack(clock)) {
            slack.revokeToken();
            try (var bot = SlackBot.on(slack, home, 0, clock).serve()) {
                Await.until(
                        "it is known",
                        () ->
                                Asked.get(bot.privatePort, "/readyz")
                                        .text()
                                        .contains("invalid_auth"));

                Asked ready = Asked.get(bot.privatePort, "/readyz");

                assertThat(ready.status()).isEqualTo(503);
                assertThat(ready.json().path("not-ready").toString()).contains("chat slack");
                assertThat(ready.text()).doesNotContain(backout.fixture.Emulate.TOKEN);
                assertThat(Asked.get(bot.privatePort, "/healthz").status())
                        .as("starting it again mends nothing")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void what_a_chat_took_and_what_it_lacks_is_counted() {
        var clock = new HandClock();
        try (var slack = new FakeSlack(clock);
                var bot = SlackBot.on(slack, home, 0, clock).serve()) {
            slack.next("chat.postMessage", FakeSlack.Fault.BROKEN);
            bot.types("li", "sim relay");
            Await.until(
                    "it was refused once",
                    () ->
                            metrics(bot).startingWith("backout_deliveries_total{").keySet().stream()
                                    .anyMatch(key -> key.contains("later")));
            assertThat(metrics(bot).value("backout_delivery_behind", "chat", "slack")).isEqualTo(1);
            clock.pass(java.time.Duration.ofSeconds(40));
            assertThat(metrics(bot).value("backout_delivery_lag_seconds", "chat", "slack"))
                    .isGreaterThanOrEqualTo(0);
            Await.until(
                    "it is told",
                    () -> metrics(bot).value("backout_delivery_behind", "chat", "slack") == 0);
            assertThat(
                            metrics(bot)
                                    .value(
                                            "backout_deliveries_total",
                                            "call",
                                            "post",
                                            "result",
                                            "ok"))
                    .isEqualTo(1);
        }
    }

    private static Exposition metrics(SlackBot bot) {
        return Exposition.of(Asked.get(bot.privatePort, "/metrics").text());
    }

    @Test
    void while_a_bot_serves_it_drives_what_is_asked_for_by_the_command_line() {
        try (var served = new ServedSite(home, 0).serve()) {
            var blind = new SimService().refusesPlans("a secret is not there");
            var shell = new Seat(home, blind, served.clock);

            assertThat(shell.run("run", "sim relay", "--as", "li", "--yes"))
                    .as(shell.text())
                    .isZero();

            assertThat(shell.text()).contains("bot/backout serve drives it");
            assertThat(blind.moves()).isZero();
            assertThat(served.service.runs()).isEqualTo(SimService.GOOD);
        }
    }

    @Test
    void a_clock_that_is_set_takes_nobodys_lease() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.clock.pass(Duration.ofDays(1));

            var shell = served.seat();

            assertThat(shell.run("run", "sim relay", "--as", "li", "--yes")).isZero();
            assertThat(shell.text()).contains("bot/backout serve drives it");
        }
    }

    @Test
    void when_the_bot_that_serves_is_stopped_the_command_line_goes_on() {
        var service = new SimService();
        var served = new ServedSite(home, 1).serve();
        var shell =
                new Seat(home, service, served.clock).start("run", "sim", "--as", "li", "--yes");
        shell.until("1 vote of: anna, ben");
        served.stop();
        served.clock.pass(Duration.ofSeconds(5));
        assertThat(
                        new Seat(home, service, served.clock)
                                .run("run", "approve " + shell.runId(), "--as", "ben"))
                .isZero();
        assertThat(shell.exitCode()).as(shell.text()).isZero();
        assertThat(served.service.moves()).isZero();
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }
}
