package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.run.Evidence.Finding;
import backout.run.HandClock;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rollbacks by the command line: exit codes, confirmations, votes and answers. */
@Order(4)
class CommandLineTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();

    private Seat seat() {
        return new Seat(home, service, clock);
    }

    private void site(int votes, String soak) {
        assertThat(SimSite.in(home, votes, soak).home()).isEqualTo(home);
    }

    @Test
    void a_rollback_that_is_proven_ends_with_0_and_shows_its_verification() {
        site(0, "0s");
        var li = seat();
        assertThat(li.run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
        assertThat(li.text())
                .contains("02:14:00  ✓ switch 1 swap the box: swapped")
                .contains("Roll back sim/relay: done and proven")
                .contains("Verification")
                .contains("it did not answer for 0.42 s");
    }

    @Test
    void a_rollback_that_makes_things_worse_is_undone_and_ends_with_1() {
        site(0, "0s");
        service.health(SimService.BAD, Finding.WELL).health(SimService.GOOD, Finding.UNWELL);
        assertThat(seat().run("run", "sim", "--as", "li", "--yes")).isEqualTo(1);
        assertThat(service.runs()).isEqualTo(SimService.BAD);
    }

    @Test
    void a_plan_that_cannot_be_made_ends_with_1_and_nothing_changed() {
        site(0, "0s");
        service.refusesPlans("nothing answers on unix:///var/run/docker.sock");
        var li = seat();
        assertThat(li.run("run", "sim", "--as", "li", "--yes")).isEqualTo(1);
        assertThat(li.text()).contains("nothing answers on unix:///var/run/docker.sock");
        assertThat(service.moves()).isZero();
    }

    @Test
    void what_nobody_can_tell_asks_and_ends_with_4_when_nobody_answers() {
        site(0, "0s");
        service.health(SimService.GOOD, Finding.UNKNOWN);
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("for an answer: undo or keep");
        clock.pass(Duration.ofMinutes(31));
        assertThat(li.exitCode()).isEqualTo(4);
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }

    @Test
    void a_question_is_answered_from_a_second_terminal() {
        site(0, "0s");
        service.health(SimService.GOOD, Finding.UNKNOWN);
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("for an answer: undo or keep");
        assertThat(seat().run("run", "undo " + li.runId(), "--as", "anna")).isZero();
        assertThat(li.exitCode()).isEqualTo(1);
        assertThat(service.runs()).isEqualTo(SimService.BAD);
    }

    @Test
    void whoever_sits_at_the_terminal_is_asked_to_undo_or_keep() {
        site(0, "0s");
        service.health(SimService.GOOD, Finding.UNKNOWN);
        var li = seat().atTerminal().start("run", "sim", "--as", "li", "--yes");
        li.until("undo or keep? ").type("what?").type("keep");
        assertThat(li.exitCode()).isEqualTo(1);
        assertThat(li.text()).contains("Left as it is, kept by li");
    }

    @Test
    void a_vote_comes_from_a_second_terminal_and_never_from_the_requester() {
        site(1, "0s");
        var li = seat().start("run", "sim relay", "--as", "li", "--yes");
        li.until("bot/backout run \"approve " + li.runId() + "\" --as ben");
        var own = seat();
        assertThat(own.run("run", "approve " + li.runId(), "--as", "li")).isEqualTo(2);
        assertThat(own.text()).contains("nobody approves their own rollback").contains("anna, ben");
        var max = seat();
        assertThat(max.run("run", "approve " + li.runId(), "--as", "max")).isEqualTo(2);
        assertThat(max.text()).contains("takes votes from L2 on, max is L1");
        assertThat(service.moves()).isZero();
        var ben = seat();
        assertThat(ben.run("run", "approve " + li.runId() + " because yes", "--as", "ben"))
                .isZero();
        assertThat(ben.text()).contains("run " + li.runId() + " is approved");
        assertThat(li.exitCode()).isZero();
        assertThat(service.moves()).isEqualTo(1);
    }

    @Test
    void a_vote_that_nobody_acts_on_says_who_must_be_started() {
        site(1, "0s");
        var li = seat().start("run", "sim relay", "--as", "li", "--yes");
        li.until("1 vote of: anna, ben");
        String run = li.runId();
        li.interrupt();
        var _ = li.exitCode();
        var ben = seat();
        assertThat(ben.run("run", "approve " + run, "--as", "ben")).isZero();
        assertThat(ben.text()).contains("no Backout is at work").contains("bot/backout serve");
    }

    @Test
    void a_no_ends_with_3() {
        site(1, "0s");
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("1 vote of: anna, ben");
        seat().run("run", "deny " + li.runId() + " because not now", "--as", "anna");
        assertThat(li.exitCode()).isEqualTo(3);
        assertThat(li.text()).contains("denied by anna: not now");
        assertThat(service.moves()).isZero();
    }

    @Test
    void cancelled_ends_with_3() {
        site(1, "0s");
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("1 vote of: anna, ben");
        assertThat(seat().run("cancel", li.runId(), "--as", "li")).isZero();
        assertThat(li.exitCode()).isEqualTo(3);
    }

    @Test
    void votes_that_never_come_end_with_3() {
        site(1, "0s");
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("1 vote of: anna, ben");
        clock.pass(Duration.ofMinutes(31));
        assertThat(li.exitCode()).isEqualTo(3);
        assertThat(li.text()).contains("nobody approved it in time");
    }

    @Test
    void on_a_terminal_the_requester_is_asked() {
        site(0, "0s");
        var li = seat().atTerminal().start("run", "sim", "--as", "li");
        li.until("Confirm? [y/N] ").type("y");
        assertThat(li.exitCode()).isZero();
    }

    @Test
    void on_a_terminal_anything_but_yes_is_no() {
        site(0, "0s");
        var li = seat().atTerminal().start("run", "sim", "--as", "li");
        li.until("Confirm? [y/N] ").type("");
        assertThat(li.exitCode()).isEqualTo(3);
        assertThat(service.moves()).isZero();
    }

    @Test
    void a_question_that_time_answers_leaves_no_half_line() {
        site(0, "0s");
        var li = seat().atTerminal().start("run", "sim", "--as", "li");
        li.until("Confirm? [y/N] ");
        clock.pass(Duration.ofMinutes(6));
        assertThat(li.exitCode()).isEqualTo(3);
        assertThat(li.text()).contains("Confirm? [y/N] \n");
    }

    @Test
    void without_a_terminal_it_says_how_to_confirm_and_waits() {
        site(0, "0s");
        var li = seat().start("run", "sim", "--as", "li");
        li.until("bot/backout run \"confirm " + li.runId() + "\" --as li");
        seat().run("run", "confirm " + li.runId(), "--as", "li");
        assertThat(li.exitCode()).isZero();
    }

    @Test
    void the_second_asker_is_told_who_holds_the_target() {
        site(0, "0s");
        var li = seat().start("run", "sim", "--as", "li");
        li.until("To be typed:");
        var max = seat();
        assertThat(max.run("run", "sim", "--as", "max")).isEqualTo(2);
        assertThat(max.text()).contains("run " + li.runId() + " of li holds it");
        assertThat(max.words())
                .contains("wait for it, or let one of these say cancel " + li.runId())
                .contains(": li, anna, ben");
        var anna = seat();
        assertThat(anna.run("run", "sim", "--as", "anna")).isEqualTo(2);
        assertThat(anna.words()).contains("wait for it, or: cancel " + li.runId());
        li.interrupt();
        assertThat(li.exitCode()).isEqualTo(4);
    }

    @Test
    void ctrl_c_stops_following_and_serve_goes_on() {
        site(0, "0s");
        var li = seat().atTerminal().start("run", "sim", "--as", "li");
        li.until("Confirm? [y/N] ").interrupt();
        assertThat(li.exitCode()).isEqualTo(4);
        assertThat(li.text())
                .contains("Confirm? [y/N] \n")
                .contains("it waits for confirmation by li until 02:19:00");
        var serve = seat().start("serve");
        serve.until("serving until it is stopped");
        seat().run("run", "confirm " + li.runId(), "--as", "li");
        serve.until("the good release runs", () -> service.runs().equals(SimService.GOOD));
        serve.interrupt();
        assertThat(serve.exitCode()).isZero();
    }

    @Test
    void ctrl_c_in_the_soak_ends_with_0() {
        site(0, "10m");
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("PROVEN, soaking for 10 min").interrupt();
        assertThat(li.exitCode()).isZero();
        assertThat(li.text()).contains("it is proven and watched until 02:24:00");
    }

    @Test
    void a_release_that_falls_ill_in_the_soak_is_asked_about() {
        site(0, "10m");
        var li = seat().start("run", "sim", "--as", "li", "--yes");
        li.until("PROVEN, soaking for 10 min");
        service.health(SimService.GOOD, Finding.UNWELL);
        clock.pass(Duration.ofSeconds(11));
        li.until("for an answer: undo or keep");
        seat().run("run", "keep " + li.runId(), "--as", "anna");
        assertThat(li.exitCode()).isEqualTo(1);
        assertThat(li.text()).contains("boot \\u001b[31mred").doesNotContain("\u001b");
    }

    @Test
    void a_plan_is_shown_and_nothing_is_done() {
        site(1, "0s");
        var li = seat();
        assertThat(li.run("plan", "sim relay", "--shell")).isZero();
        assertThat(li.text()).contains("nothing is done").contains("swap-box image-bad");
        assertThat(service.moves()).isZero();
    }

    @Test
    void history_for_other_programs_is_a_line_of_json_each() {
        site(0, "0s");
        assertThat(seat().run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        var seat = seat();
        assertThat(seat.run("history", "--json")).isZero();
        var lines = seat.text().strip().lines().toList();
        assertThat(lines).hasSize(1);
        var run = new JsonMapper().readTree(lines.getFirst());
        assertThat(run.propertyNames())
                .containsExactly(
                        "run",
                        "target",
                        "result",
                        "asked-at",
                        "asked-by",
                        "asked-in",
                        "words",
                        "reason",
                        "from",
                        "to",
                        "plan",
                        "confirmed-at",
                        "votes",
                        "without-votes-by",
                        "switched",
                        "downtime-seconds",
                        "ended-at",
                        "says");
        assertThat(run.path("result").asString("")).isEqualTo("proven");
        assertThat(run.path("asked-by").asString("")).isEqualTo("li");
        assertThat(run.path("reason").asString("")).isEqualTo("5xx");
        assertThat(run.path("switched").asBoolean(false)).isTrue();
    }

    @Test
    void a_pipeline_asks_whether_it_may_deploy() {
        site(0, "0s");
        var early = seat();
        assertThat(early.run("locked", "relay")).isEqualTo(4);
        assertThat(early.text()).contains("there is no journal in").contains("so nobody knows");
        assertThat(seat().run("status")).isZero();
        var free = seat();
        assertThat(free.run("locked", "relay", "--json")).isZero();
        assertThat(free.text())
                .contains(
                        "{\"target\":\"sim/relay\",\"free\":true,\"locked\":null,\"frozen\":null}");
        assertThat(seat().run("locked", "nothing")).isEqualTo(2);
        assertThat(seat().run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        var locked = seat();
        assertThat(locked.run("locked", "relay")).isEqualTo(5);
        assertThat(locked.text()).contains("sim/relay is locked since").contains("by li: 5xx");
    }

    @Test
    void history_is_filtered_and_what_is_no_filter_is_refused() {
        site(0, "0s");
        assertThat(seat().run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        assertThat(told("--by", "li", "--since", "1h", "--result", "proven")).hasSize(1);
        assertThat(told("--by", "nobody")).isEmpty();
        assertThat(told("--result", "undone")).isEmpty();
        assertThat(told("relay", "--most", "1")).hasSize(1);
        for (String[] wrong :
                List.of(
                        new String[] {"--result", "good"},
                        new String[] {"--since", "yesterday"},
                        new String[] {"--most", "0"},
                        new String[] {"nothing"})) {
            var seat = seat();
            var words = new ArrayList<>(List.of("history"));
            words.addAll(List.of(wrong));
            assertThat(seat.run(words.toArray(String[]::new))).isEqualTo(2);
        }
    }

    private List<String> told(String... filters) {
        var words = new ArrayList<>(List.of("history", "--json"));
        words.addAll(List.of(filters));
        var seat = seat();
        assertThat(seat.run(words.toArray(String[]::new))).as(seat.words()).isZero();
        return seat.text().lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void status_and_history_tell_what_was_done() {
        site(0, "0s");
        seat().run("run", "sim because 5xx", "--as", "li", "--yes");
        var status = seat();
        assertThat(status.run("status")).isZero();
        assertThat(status.text()).contains("sim/relay").contains("locked by li");
        var history = seat();
        assertThat(history.run("history", "relay")).isZero();
        assertThat(history.text())
                .contains("sim because 5xx")
                .contains("proven")
                .contains("image-");
    }

    @Test
    void the_checks_are_read_alive() {
        site(0, "0s");
        service.deploy(SimService.GOOD);
        assertThat(seat().run("check", "--live")).isZero();
        service.deploy(SimService.BAD);
        var unwell = seat();
        assertThat(unwell.run("check", "--live")).isEqualTo(1);
        assertThat(unwell.text()).contains("sim/relay is unwell").contains("restarting");
        service.deploy("image-unheard-of");
        assertThat(seat().run("check", "--live")).isEqualTo(4);
    }

    private void builtIn(String name) throws IOException {
        Path file = Path.of("commands", name + ".yml");
        Files.copy(file, home.resolve(file.toString()));
    }

    @Test
    void the_ways_back_of_a_service_are_shown() throws IOException {
        site(0, "0s");
        builtIn("decide");
        service.deploy(SimService.GOOD);
        var seat = seat();
        assertThat(seat.run("decide", "relay")).isZero();
        assertThat(seat.text())
                .contains("Which way back for relay? It is well", "Nothing is recommended");
        assertThat(seat().run("decide", "rely")).isEqualTo(2);
        assertThat(service.moves()).isZero();
    }

    @Test
    void one_targets_checks_are_read_without_a_rollback() throws IOException {
        site(0, "0s");
        builtIn("verify");
        service.deploy(SimService.GOOD);
        assertThat(seat().run("verify", "relay")).isZero();
        service.deploy(SimService.BAD);
        var unwell = seat();
        assertThat(unwell.run("verify", "sim/relay")).isEqualTo(1);
        assertThat(unwell.text())
                .contains("sim/relay is unwell")
                .contains("restarting")
                .contains(
                        "Nothing was changed. What a rollback would do is said by: plan sim relay");
        service.deploy("image-unheard-of");
        assertThat(seat().run("verify", "relay")).isEqualTo(4);
        var said = seat();
        assertThat(said.run("run", "verify relay", "--as", "li")).isZero();
        assertThat(said.text()).contains("sim/relay is unknown");
        assertThat(seat().run("verify", "rely")).isEqualTo(2);
        assertThat(seat().run("audit", "verify")).isZero();
        assertThat(service.moves()).isZero();
    }

    /** One service stands for both: what is looked at is what people are shown. */
    @Test
    void a_group_is_planned_shown_and_rolled_back_as_one() throws IOException {
        SimSite site = SimSite.in(home, 0, "0s");
        builtIn("group");
        site.write(
                "config/targets.yml",
                """
                targets:
                  sim/relay: {policy: some, soak: 0s}
                  sim/web: {policy: some, soak: 0s}
                """);
        site.write("config/groups.yml", "groups:\n  shop: {targets: [sim/web, sim/relay]}\n");
        var plan = seat();
        assertThat(plan.run("plan", "group shop")).isZero();
        assertThat(plan.text())
                .contains("Plan for sim/web, sim/relay (nothing is done)")
                .containsSubsequence(
                        "1. sim/web: swap the box",
                        "2. sim/relay: swap the box",
                        "sim/web: expected");
        var shell = seat();
        assertThat(shell.run("plan", "group shop", "--shell")).isEqualTo(1);
        assertThat(shell.text()).contains("a group has no script");
        assertThat(service.moves()).isZero();
        var run = seat();
        assertThat(run.run("run", "group shop because 5xx", "--as", "li", "--yes")).isZero();
        assertThat(run.text())
                .contains("Roll back group shop")
                .contains("sim/web: container [STATE]")
                .contains("sim/relay: container [STATE]")
                .contains("unlock web")
                .contains("unlock relay");
    }

    @Test
    void the_console_takes_lines_until_they_end() {
        site(0, "0s");
        var li = seat().start("console", "--as", "li");
        li.type("sim relay").until("confirm " + li.runId());
        li.type("stats").until("Did you mean \"status\"?");
        li.type("confirm " + li.runId()).until("done and proven");
        li.endInput();
        assertThat(li.exitCode()).isZero();
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
    }

    @Test
    void nothing_was_journalled_where_nothing_was_asked() {
        site(0, "0s");
        seat().run("check");
        assertThat(Files.exists(home.resolve("var"))).isFalse();
    }
}
