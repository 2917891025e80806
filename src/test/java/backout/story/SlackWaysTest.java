package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.SlackDriver;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Outcome;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/**
 * What people do in Slack beside typing commands and pressing buttons of cards: dialogs, the menu
 * of a message, mentions, the home tab. The same whether Slack calls the bot or the bot calls
 * Slack.
 */
@SuppressWarnings("NullAway.Init")
class SlackWaysTest {
    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    private void serve(boolean socket) {
        bot = SlackBot.on(slack, home, 1, clock);
        (socket ? bot.overSocket(slack) : bot).serve();
    }

    /** Two targets, and a command with which a release can be named; relay was well with 1.0. */
    private void serveTwo(boolean socket) {
        bot = SlackBot.on(slack, home, 1, clock);
        bot.site.write(
                "commands/sim.yml",
                """
                name: sim
                says: Roll the simulated service back
                words: "[TARGET] [to RELEASE] [severity p1|p2] [because REASON...]"
                level: L1
                does: rollback
                kind: sim
                switch: [sim.box]
                checks: ["container [STATE] == running"]
                """);
        bot.site.write(
                "config/targets.yml",
                """
                targets:
                  sim/relay: {policy: some}
                  sim/shop: {policy: some}
                """);
        bot.journal()
                .append(
                        TargetName.of("sim/relay"),
                        List.of(
                                new TargetEvent.Seen(
                                        clock.instant(),
                                        SimService.GOOD,
                                        "relay:1.0",
                                        "1.0",
                                        "1.0"),
                                new TargetEvent.Seen(
                                        clock.instant().plusSeconds(1),
                                        SimService.BAD,
                                        "relay:2.0",
                                        "2.0",
                                        "2.0")));
        (socket ? bot.overSocket(slack) : bot).serve();
    }

    private String suggested(String block, String typed) {
        return bot.deliver(
                        bot.driver.suggestion(bot.account("li"), view().toString(), block, typed))
                .body();
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
    }

    private JsonObject view() {
        bot.until("a dialog", () -> !slack.views().isEmpty());
        return slack.views().getLast();
    }

    private String told(String user) {
        return String.join(
                "\n",
                slack.calls().stream()
                        .filter(call -> call.method().startsWith("chat.post"))
                        .filter(call ->
                                call.get("user").equals(user) || call.get("channel").equals(user))
                        .map(call -> call.get("text") + " " + call.get("thread_ts"))
                        .toList());
    }

    private String tab(String person) {
        List<JsonObject> all = slack.homes(bot.account(person));
        return all.isEmpty() ? "" : all.getLast().toString();
    }

    private String opens(String person) {
        bot.deliver(SlackDriver.opened(bot.account(person), "home"));
        bot.until("the tab is shown to " + person, () -> !tab(person).isEmpty());
        return tab(person);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothing_behind_the_command_opens_the_form_and_it_begins_a_run(boolean socket) {
        serveTwo(socket);
        bot.types("li", "");
        assertThat(view().toString())
                .contains("\"external_select\"", "\"target\"", "\"reason\"", "\"severity\"");
        assertThat(suggested("release", "1")).contains("\"value\":\"1.0\"").doesNotContain("2.0");
        assertThat(suggested("release", "")).contains("1.0", "2.0");
        assertThat(suggested("nothing", "")).isEqualTo("{\"options\":[]}");
        String values =
                """
                {"target": {"value": {"selected_option": {"value": "relay"}}},
                 "reason": {"value": {"value": "5xx"}},
                 "severity": {"value": {"selected_option": {"value": "p1"}}},
                 "release": {"value": {"selected_option": {"value": "1.0"}}}}\
                """;
        bot.deliver(bot.driver.submission(bot.account("li"), "V7", view().toString(), values));
        bot.until("a run", () -> !bot.journal().recent(1).isEmpty());
        assertThat(bot.run().request().words())
                .isEqualTo("sim relay to 1.0 severity p1 because 5xx");
        assertThat(bot.run().request().place()).isEqualTo("slack:C1OPS");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stranger_is_suggested_nothing_and_is_told_who_they_are(boolean socket) {
        serveTwo(socket);
        bot.types("li", "");
        String view = view().toString();
        assertThat(bot.deliver(bot.driver.suggestion("U0NOBODY", view, "release", "")).body())
                .isEqualTo("{\"options\":[]}");
        assertThat(bot.deliver(bot.driver.suggestion(bot.account("li"), "{}", "x", "")).body())
                .isEqualTo("{\"options\":[]}");
        bot.deliver(bot.driver.shortcut("U0NOBODY", "C1OPS", "relay is down", "t9"));
        bot.awaitWhisper("U0NOBODY belongs to nobody here");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void roll_this_back_opens_the_form_with_what_the_message_names(boolean socket) {
        serveTwo(socket);
        bot.deliver(
                bot.driver.shortcut(
                        bot.account("anna"),
                        "C9ALERTS",
                        "relay answers 500 since 2.0, was well with 1.0.",
                        "t10"));
        JsonObject view = view();
        assertThat(view.toString()).containsPattern("initial_option[^}]*[^{]*relay");
        assertThat(view.toString()).containsPattern("initial_option[^}]*[^{]*1\\.0");
        assertThat(view.get("private_metadata").getAsString()).contains("C9ALERTS");
        assertThat(bot.journal().recent(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void called_in_a_thread_it_answers_there_to_that_person_alone(boolean socket) {
        serve(socket);
        String anna = bot.account("anna");
        bot.deliver(
                SlackDriver.mention(
                        "Ev1", anna, "C1OPS", "1772330000.000007", "hi <@U0BOT> status"));
        bot.until("anna is told", () -> told(anna).contains("1772330000.000007"));
        assertThat(told(anna)).contains("1 target, 0 open runs");
        bot.deliver(SlackDriver.mention("Ev2", anna, "C1OPS", "", "<@U0BOT|backout> nonsense"));
        bot.until("anna is refused", () -> told(anna).contains("there is no command"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void called_twice_with_one_event_it_begins_one_run_and_bots_are_not_heard(boolean socket) {
        serve(socket);
        String li = bot.account("li");
        String asks = SlackDriver.mention("Ev3", li, "C1OPS", "", "<@U0BOT> sim relay because 5xx");
        bot.deliver(asks);
        bot.until("a run", () -> !bot.journal().recent(1).isEmpty());
        bot.deliver(asks + " ");
        String ofBot =
                asks.replace("Ev3", "Ev4").replace("\"user\"", "\"bot_id\": \"B1\", \"user\"");
        bot.deliver(ofBot);
        bot.presses("li", "Confirm");
        bot.presses("anna", "Approve");
        bot.awaitEnd();
        assertThat(bot.journal().recent(9)).hasSize(1);
        assertThat(bot.service.moves()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_home_tab_shows_what_waits_and_its_buttons_work_there(boolean socket) {
        serve(socket);
        assertThat(opens("anna")).contains("No run is open", "sim/relay");
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        bot.awaitButton("Approve");
        assertThat(opens("ben")).contains("\"Approve\"", "Roll back sim/relay");
        String approve = bot.awaitButton("Approve");
        bot.deliver(bot.driver.press(bot.account("li"), "", approve, "t20"));
        bot.until(
                "li is told by the bot itself",
                () ->
                        (bot.whispers() + told(bot.account("li")))
                                .contains("nobody approves their own"));
        bot.deliver(bot.driver.press(bot.account("ben"), "", approve, "t21"));
        bot.awaitEnd();
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
        assertThat(tab("li")).as("who did not open it is shown nothing").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stranger_is_shown_nothing_of_the_site_and_another_tab_nothing_at_all(boolean socket) {
        serve(socket);
        bot.deliver(SlackDriver.opened("U0NOBODY", "home"));
        bot.until("it is shown", () -> !slack.homes("U0NOBODY").isEmpty());
        assertThat(slack.homes("U0NOBODY").getLast().toString())
                .contains("belongs to nobody here")
                .doesNotContain("relay");
        bot.deliver(SlackDriver.opened(bot.account("dora"), "messages"));
        opens("anna");
        assertThat(slack.homes(bot.account("dora"))).isEmpty();
    }
}
