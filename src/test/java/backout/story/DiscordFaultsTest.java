package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;
import backout.fixture.FakeDiscord.Fault;
import backout.run.Evidence.Finding;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.Run;
import backout.story.DiscordChatTest.InDiscord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Discord on a bad day: a decision counts once, a card is one, and everything else goes on. */
@SuppressWarnings("NullAway.Init")
@Order(3)
class DiscordFaultsTest {
    private static final String OPS = SlackBot.DISCORD_OPS;
    private static final String STRANGER = "499999999999999999";
    private static final String POST = "POST /channels/" + OPS + "/messages";
    private static final String EDIT = "PATCH /channels/" + OPS + "/messages/";
    private static final String CALLBACK = "POST /interactions/";
    private static final String COMMANDS =
            "PUT /applications/" + FakeDiscord.APPLICATION + "/commands";

    private static final String LISTED =
            "GET /applications/" + FakeDiscord.APPLICATION + "/commands";

    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private FakeSlack slack;
    private FakeDiscord discord;
    private SlackBot bot;
    private InDiscord face;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        discord = new FakeDiscord(clock, OPS, SlackBot.DISCORD_NEWS);
        bot = SlackBot.on(slack, home, 1, clock).discord(discord).serve();
        face = new InDiscord(bot, discord);
    }

    @AfterEach
    void close() {
        bot.close();
        slack.close();
        face.close();
    }

    /** Time goes on meanwhile: what waits to be tried again is. */
    private void eventually(String what, BooleanSupplier holds) {
        Await.until(
                what,
                () -> {
                    clock.pass(Duration.ofMillis(250));
                    return holds.getAsBoolean();
                });
    }

    private String button(String action) {
        eventually(action + " is on the card", () -> face.find(action).isPresent());
        return face.find(action).orElseThrow();
    }

    private void until(String what, Predicate<Run> holds) {
        eventually(what, () -> !bot.journal().recent(1).isEmpty() && holds.test(bot.run()));
    }

    private String asked() {
        face.says("li", "sim relay because 5xx");
        until("a plan", run -> run.planned().isPresent());
        return button("confirm");
    }

    private String confirmed() {
        face.presses("li", asked());
        until("li confirmed", Run::isConfirmed);
        return button("approve");
    }

    private void proven() {
        until("the end", run -> run.outcome().isPresent());
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
        assertThat(bot.service.moves()).isEqualTo(1);
        isFinal();
    }

    private void isFinal() {
        String says = bot.run().outcome().orElseThrow().says().toString();
        eventually("the card is final", () -> face.card().contains(says));
    }

    private List<ObjectNode> cards() {
        return discord.messages(OPS);
    }

    private List<ObjectNode> thread() {
        return discord.messages(cards().getLast().path("id").asString(""));
    }

    @Test
    void twenty_minutes_after_it_was_typed_the_token_is_dead_and_the_card_is_edited_all_the_same() {
        String approve = confirmed();
        clock.pass(Duration.ofMinutes(20));
        face.presses("anna", approve);
        proven();
        assertThat(cards()).hasSize(1);
        eventually("the thread tells it", () -> thread().toString().contains("Rolled back"));
    }

    @Test
    void a_button_works_after_a_restart() {
        String approve = confirmed();
        bot.restart();
        Await.until("it is heard again", () -> discord.identified().size() == 2);
        face.presses("anna", approve);
        proven();
        assertThat(cards()).hasSize(1);
    }

    @Test
    void commands_that_did_not_change_are_registered_once() {
        eventually("they are registered", () -> discord.calls(COMMANDS) == 1);
        bot.restart();
        eventually("they are looked at", () -> discord.calls(LISTED) == 2);
        assertThat(discord.calls(COMMANDS)).isEqualTo(1);
        assertThat(discord.commands().findValues("name").toString()).contains("rollback", "sim");
    }

    @Test
    void a_line_that_is_cut_is_resumed_and_what_was_pressed_meanwhile_counts_once() {
        String approve = confirmed();
        discord.cut();
        face.presses("anna", approve);
        proven();
        assertThat(discord.resumed()).isEqualTo(1);
        assertThat(bot.run().votes()).hasSize(1);
    }

    @Test
    void a_session_that_is_worth_nothing_any_more_is_begun_anew() {
        String approve = confirmed();
        discord.invalidate();
        Await.until("it comes again", () -> discord.identified().size() == 2);
        face.presses("anna", approve);
        proven();
    }

    @Test
    void what_is_delivered_twice_is_done_and_answered_once() {
        String confirm = asked();
        ObjectNode press = discord.press(InDiscord.account("li"), OPS, confirm);
        discord.tell(press);
        discord.tell(press);
        face.presses("anna", button("approve"));
        proven();
        assertThat(discord.calls(CALLBACK + press.path("id").asString(""))).isEqualTo(1);
    }

    @Test
    void a_hundred_presses_at_once_are_one_vote_and_one_run() {
        String approve = confirmed();
        IntStream.range(0, 100).forEach(_ -> face.presses("anna", approve));
        proven();
        assertThat(bot.run().votes()).hasSize(1);
    }

    /** A5: Discord refuses the acknowledgement; the person, who sees a failure, presses again. */
    @Test
    void a_vote_whose_acknowledgement_is_refused_counts_and_pressed_again_is_told_so() {
        bot.votes(2).restart();
        String approve = confirmed();
        discord.next(CALLBACK, 404, 10062);
        face.presses("anna", approve);
        until("it counts", run -> run.votes().size() == 1);
        face.presses("anna", approve);
        eventually("anna is told", () -> face.told("anna").contains("already"));
        assertThat(bot.run().votes()).hasSize(1);
    }

    @Test
    void a_post_whose_answer_was_lost_is_one_post() {
        discord.next(POST, Fault.ANSWER_LOST);
        face.presses("li", asked());
        face.presses("anna", button("approve"));
        proven();
        assertThat(cards()).hasSize(1);
    }

    @Test
    void who_asks_to_wait_is_left_alone_for_that_long_and_then_told_the_latest() {
        String approve = confirmed();
        discord.next(EDIT, 429, 0, "Retry-After", "5", "X-RateLimit-Scope", "user");
        face.presses("anna", approve);
        until("the end", run -> run.outcome().isPresent());
        isFinal();
    }

    @Test
    void five_hundreds_and_silence_delay_the_card_and_never_the_run() {
        discord.next(POST, Fault.BROKEN);
        discord.next(POST, Fault.SILENT);
        String confirm = asked();
        face.presses("li", confirm);
        face.presses("anna", button("approve"));
        proven();
    }

    /** A12. */
    @Test
    void a_deleted_card_is_posted_anew_once_and_its_buttons_work() {
        bot.votes(2).restart();
        String approve = confirmed();
        String first = cards().getLast().path("id").asString("");
        discord.delete(OPS, first);
        face.presses("anna", approve);
        eventually("it is there again", () -> cards().size() == 1);
        JsonNode anew = cards().getLast();
        assertThat(FakeDiscord.read(anew)).contains("This card was posted anew");
        eventually("who did not vote yet is called there", () -> call().isPresent());
        assertThat(call().orElseThrow().at("/allowed_mentions/users").toString())
                .contains(InDiscord.account("ben"))
                .doesNotContain(InDiscord.account("anna"));
        face.presses("ben", approve);
        proven();
        assertThat(cards()).hasSize(1);
        eventually("its thread tells it", () -> thread().toString().contains("Rolled back"));
    }

    /** A12: the whole channel. */
    @Test
    void the_card_of_a_deleted_channel_goes_on_where_outcomes_are_announced() {
        bot.votes(2).restart();
        String approve = confirmed();
        discord.delete(OPS);
        face.presses("anna", approve);
        eventually(
                "others see it",
                () ->
                        discord.messages(SlackBot.DISCORD_NEWS)
                                .toString()
                                .contains("This card stands here"));
        face.presses("ben", approve);
        until("the end", run -> run.outcome().isPresent());
        eventually(
                "it is announced",
                () -> discord.messages(SlackBot.DISCORD_NEWS).toString().contains("Rolled back"));
        assertThat(bot.service.moves()).isEqualTo(1);
    }

    @Test
    void a_channel_that_takes_no_outcomes_is_told_to_operators() {
        discord.delete(SlackBot.DISCORD_NEWS);
        face.presses("anna", confirmed());
        proven();
        Await.until(
                "operators are told",
                () -> bot.ready().contains("look at the id of the channel: it is wrong"));
    }

    /** A8: nothing in it is edited, and what is posted wakes it. */
    @Test
    void a_thread_that_fell_asleep_is_woken_and_goes_on() {
        String approve = confirmed();
        eventually("the thread has begun", () -> !thread().isEmpty());
        String thread = cards().getFirst().path("id").asString("");
        discord.archive(thread);
        face.presses("anna", approve);
        proven();
        eventually("it goes on there", () -> thread().toString().contains("Rolled back"));
        assertThat(discord.calls("PATCH /channels/" + thread)).isZero();
        assertThat(cards()).hasSize(1);
    }

    /** A9: where the thread takes nothing, the log goes on below the card. */
    @Test
    void a_thread_that_somebody_locked_is_left_for_the_channel_which_is_said_once() {
        bot.votes(2).restart();
        String approve = confirmed();
        eventually("the thread has begun", () -> !thread().isEmpty());
        String thread = cards().getFirst().path("id").asString("");
        discord.lock(thread);
        face.presses("anna", approve);
        eventually("it is said", () -> said() == 1);
        face.presses("ben", approve);
        until("the end", run -> run.outcome().isPresent());
        eventually("it is told below the card", () -> told(thread));
        assertThat(said()).isEqualTo(1);
    }

    private long said() {
        return cards().stream()
                .filter(card -> FakeDiscord.read(card).contains("The thread cannot be written to"))
                .count();
    }

    private boolean told(String card) {
        return cards().stream()
                .filter(message ->
                        message.path("message_reference")
                                .path("message_id")
                                .asString("")
                                .equals(card))
                .anyMatch(message -> FakeDiscord.read(message).contains("Rolled back"));
    }

    @Test
    void without_the_right_to_open_threads_the_log_is_below_the_card() {
        IntStream.range(0, 9)
                .forEach(_ -> discord.next("POST /channels/" + OPS + "/messages/", 403, 50013));
        face.presses("anna", confirmed());
        until("the end", run -> run.outcome().isPresent());
        String card = cards().getFirst().path("id").asString("");
        eventually("it is told below the card", () -> told(card));
    }

    /** A10: the answer to a look takes its token's life, and direct messages are closed. */
    @Test
    void a_direct_message_that_is_refused_stops_nothing() {
        discord.next("POST /users/@me/channels", 403, 50007);
        discord.next("PATCH /webhooks/", 401, 50027);
        face.says("li", "plan sim relay");
        eventually("it was tried", () -> discord.calls("POST /users/@me/channels") == 1);
        face.presses("anna", confirmed());
        proven();
    }

    /** A11. */
    @Test
    void who_is_called_is_mentioned_and_nobody_else() {
        var _ = confirmed();
        eventually("people are called", () -> call().isPresent());
        JsonNode allowed = call().orElseThrow().path("allowed_mentions");
        assertThat(allowed.path("parse").isEmpty()).isTrue();
        assertThat(allowed.path("users").toString())
                .contains(InDiscord.account("anna"), InDiscord.account("ben"))
                .doesNotContain(InDiscord.account("li"));
    }

    private Optional<ObjectNode> call() {
        return thread().stream()
                .filter(message -> !message.path("allowed_mentions").path("users").isEmpty())
                .findFirst();
    }

    @Test
    void who_was_called_and_not_notified_is_written_to() {
        discord.notifiesNobody();
        var _ = confirmed();
        eventually("anna hears of it", () -> face.told("anna").contains("please approve"));
    }

    /** A1: a client that still shows the command as it was. */
    @Test
    void a_command_in_its_former_form_is_answered_and_does_nothing() {
        Await.until("the bot listens", discord::listens);
        discord.tell(discord.command(InDiscord.account("li"), OPS, "sim", Map.of("former", "x")));
        eventually("li is told", () -> face.told("li").contains("this command was changed"));
        assertThat(bot.journal().recent(1)).isEmpty();
    }

    /** JDA itself wants to hear of servers, which is everybody's. */
    @Test
    void no_privileged_intent_is_asked_for() {
        Await.until("it came", () -> !discord.identified().isEmpty());
        assertThat(discord.identified().getFirst().path("intents").asInt(-1)).isEqualTo(1);
    }

    @Test
    void a_stranger_presses_and_is_told_where_to_be_added() {
        String approve = confirmed();
        discord.tell(discord.press(STRANGER, OPS, approve));
        eventually("they are told", () -> answered(STRANGER).contains("belongs to nobody here"));
        assertThat(bot.run().votes()).isEmpty();
    }

    private String answered(String user) {
        return discord.answers(user).toString();
    }

    @Test
    void targets_are_suggested_to_people_and_not_to_strangers() {
        assertThat(suggested(InDiscord.account("li"), "re")).containsExactly("relay");
        assertThat(suggested(InDiscord.account("li"), "x")).isEmpty();
        assertThat(suggested(STRANGER, "re")).isEmpty();
    }

    private List<String> suggested(String user, String typed) {
        Await.until("the bot listens", discord::listens);
        ObjectNode command = discord.command(user, OPS, "sim", Map.of("target", typed));
        command.put("type", 4);
        ((ObjectNode) command.at("/data/options/0/options/0")).put("focused", true);
        String id = discord.tell(command);
        Await.until("it is answered", () -> discord.answer(id).isPresent());
        return discord.answer(id)
                .orElseThrow()
                .at("/data/choices")
                .valueStream()
                .map(choice -> choice.path("value").asString(""))
                .toList();
    }

    /** Discord has no "are you sure?" of its own. */
    @Test
    void what_asks_before_it_counts_counts_at_the_second_press() {
        bot.service.health(SimService.GOOD, Finding.UNKNOWN);
        face.presses("anna", confirmed());
        String keep = button("keep");
        assertThat(keep).startsWith("?");
        discord.tell(discord.press(STRANGER, OPS, keep));
        eventually("a stranger is told so", () -> answered(STRANGER).contains("nobody here"));
        face.presses("li", keep);
        eventually("li is asked", () -> face.told("li").contains("although it is not proven"));
        assertThat(bot.run().outcome()).isEmpty();
        String meant = keep.substring(1);
        assertThat(discord.answers(InDiscord.account("li")).getLast().toString()).contains(meant);
        face.presses("li", meant);
        until("the end", run -> run.outcome().isPresent());
    }

    /** A13; what is wrong with a chat is looked at each minute. */
    @Test
    void that_somebody_else_answers_with_our_token_is_told_to_operators() {
        discord.next(CALLBACK, 400, 40060);
        face.says("li", "sim relay because 5xx");
        until("a plan", run -> run.planned().isPresent());
        Await.until(
                "operators are told",
                () -> bot.ready().contains("somebody else answers Discord with this bot's token"));
    }

    @Test
    void what_people_write_stays_letters() {
        face.says(
                "li",
                "sim relay because [x](https://evil.example) @everyone <@400000000000000011> **");
        until("a plan", run -> run.planned().isPresent());
        var _ = button("confirm");
        JsonNode card = cards().getLast();
        assertThat(card.findValues("content").toString())
                .contains("\\\\[x\\\\]", "\\\\@everyone", "\\\\<\\\\@4")
                .doesNotContain("https://");
        assertThat(card.path("allowed_mentions").path("users").isEmpty()).isTrue();
    }

    @Test
    void who_has_both_chats_has_one_vote() {
        bot.votes(2).restart();
        String approve = confirmed();
        face.presses("anna", approve);
        until("it counts", run -> run.votes().size() == 1);
        bot.deliver(bot.press("anna", approve));
        assertThat(bot.run().votes()).hasSize(1);
        bot.deliver(bot.press("ben", approve));
        proven();
        eventually("both chats hear of it", () -> bot.announcements(bot.runId()) == 1);
        eventually(
                "both chats hear of it",
                () -> discord.messages(SlackBot.DISCORD_NEWS).toString().contains("Rolled back"));
    }
}
