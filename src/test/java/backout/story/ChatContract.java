package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Press;
import backout.operations.Asked;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.Run;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What people do and are told in every chat, whatever it looks like there. */
@SuppressWarnings("NullAway.Init")
abstract class ChatContract {
    /** How people use one chat, with li who asks and anna, ben and dora who may vote. */
    interface Face extends AutoCloseable {
        void says(String person, String words);

        /** What a press sends of the button of the card that does this, as soon as it is there. */
        String button(String action);

        void presses(String person, String button);

        /** Hands in the form that was shown to this person last. */
        void fillsIn(String person, Map<String, String> values);

        /** Says yes where the chat asked back after a press; nothing where it asks before it. */
        default void sure(String person, String button) {}

        /** All that this person was told, on one line. */
        String told(String person);

        /** What everybody reads of the latest run, on one line. */
        String card();

        /** What a press of such a button sends, also of one that is not on the card just now. */
        default String stale(String action, Run run) {
            return new Press(action, run.id().text(), run.plan().hash()).text();
        }

        /** Whether everybody reads the card as it is now. */
        default boolean keepsCard() {
            return true;
        }

        /** How often this person was called alone; empty where nobody ever is. */
        default OptionalInt calls(String person) {
            return OptionalInt.empty();
        }

        @Override
        void close();
    }

    /** Stories that people can read; what each line means stands beside them. */
    static List<Path> scenarios() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void scenarios(Path file) {
        play(file, false);
    }

    /**
     * @param restarts whether the bot is stopped and started again after each step
     */
    final void play(Path file, boolean restarts) {
        new Play(bot, face, restarts).of(file);
    }

    private static final Pattern LINK = Pattern.compile("/signin/[A-Za-z0-9_-]{20,}");

    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private FakeSlack slack;
    private SlackBot bot;
    private Face face;

    /** Of a bot that serves. */
    abstract Face face(SlackBot bot, FakeSlack slack);

    /** The one of this story. */
    final Face face() {
        return face;
    }

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        bot = SlackBot.on(slack, home, 1, clock).serve();
        face = face(bot, slack);
    }

    @AfterEach
    void close() {
        face.close();
        bot.close();
        slack.close();
    }

    /** A link is told to who asks for it, and stands nowhere else. */
    final void a_link_into_the_console_is_whispered() {
        bot.adopt("console");
        bot.restart();
        face.says("li", "console");
        isTold("li", "console.url in config/backout.yml");
        bot.reachedAt("http://console.test/").restart();
        face.says("li", "console");
        isTold("li", "http://console.test/signin/");
        String link = LINK.matcher(face.told("li")).results().findFirst().orElseThrow().group();
        assertThat(Asked.get(bot.privatePort, link, "console.test").text())
                .contains("Sign in as li");
        assertThat(bot.ops.messages() + "" + bot.news.messages()).doesNotContain("signin");
        assertThat(bot.journal().recent(9)).isEmpty();
    }

    private void until(String what, Predicate<Run> holds) {
        bot.until(what, () -> !bot.journal().recent(1).isEmpty() && holds.test(bot.run()));
    }

    private void isTold(String person, String part) {
        bot.until(person + " is told: " + part, () -> face.told(person).contains(part));
    }

    private Outcome.Result end() {
        until("the end", run -> run.outcome().isPresent());
        return bot.run().outcome().orElseThrow().result();
    }

    /** By li, and confirmed; gives the button that does this to it. */
    private String confirmed(String action) {
        face.says("li", "sim relay because 5xx");
        until("a plan", run -> run.planned().isPresent());
        face.presses("li", face.button("confirm"));
        until("li confirmed", Run::isConfirmed);
        return face.button(action);
    }

    @Test
    void what_one_asks_for_and_another_approves_is_done_and_proven() {
        String approve = confirmed("approve");
        isTold("li", bot.runId().toString());
        face.presses("anna", approve);
        assertThat(end()).isEqualTo(Outcome.Result.PROVEN);
        String says = bot.run().outcome().orElseThrow().says().toString();
        bot.until("the card is final", () -> face.card().contains(says));
        assertThat(bot.service.moves()).isEqualTo(1);
    }

    @Test
    void pressed_twice_it_is_one_vote() {
        bot.votes(2).restart();
        String approve = confirmed("approve");
        face.presses("anna", approve);
        face.presses("anna", approve);
        isTold("anna", "already");
        assertThat(bot.run().votes()).hasSize(1);
        face.presses("ben", approve);
        assertThat(end()).isEqualTo(Outcome.Result.PROVEN);
    }

    @Test
    void who_asked_for_it_does_not_approve_it() {
        face.presses("li", confirmed("approve"));
        isTold("li", "nobody approves their own rollback");
        assertThat(bot.run().votes()).isEmpty();
        assertThat(bot.service.moves()).isZero();
    }

    @Test
    void a_no_asks_why_and_ends_it() {
        face.presses("anna", confirmed("deny"));
        face.fillsIn("anna", Map.of("reason", "it is the network"));
        assertThat(end()).isEqualTo(Outcome.Result.NOT_APPROVED);
        assertThat(bot.run().outcome().orElseThrow().says().toString())
                .contains("it is the network");
        assertThat(bot.service.moves()).isZero();
    }

    @Test
    void wrong_words_are_told_to_who_said_them_and_nothing_is_done() {
        face.says("li", "sim relya");
        isTold("li", "relya");
        face.says("li", "simm relay");
        isTold("li", "simm");
        assertThat(bot.journal().recent(1)).isEmpty();
    }

    @Test
    void a_look_at_the_world_is_answered_and_opens_no_run() {
        face.says("li", "plan sim relay");
        isTold("li", "Plan for sim/relay");
        assertThat(bot.journal().recent(1)).isEmpty();
    }
}
